import { deliver } from "../../../src/outbox/deliver.ts";
import { isHome } from "../../../src/outbox/message.ts";
import type { Notifier } from "../../../src/outbox/notifier.ts";
import { PACE_MS } from "../../../src/outbox/pace.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";
import { createRests } from "../../../src/outbox/rests.ts";
import { keepLog } from "../../support/keep-log.ts";
import { createVirtualTime } from "../../support/virtual-time.ts";

const MINUTE_MS = 60_000;
/** Longer than the old bot's delay after any failure. */
const LONGEST_PAUSE_MS = 60 * MINUTE_MS;

export interface Delivered {
  /** Alert IDs, once for each post of their home or announcement in its thread. */
  readonly introduced: readonly string[];
  /** Replies in the threads of homes. */
  readonly said: readonly { readonly alert: string; readonly reason: string; readonly at: number }[];
  /** The kinds of the posted lists and reports. */
  readonly sent: readonly string[];
  /** The alerts in these lists, as `<kind> of <alert>`. */
  readonly mentioned: readonly string[];
  /** Replies in the threads of lists, as `<list> <alert> <reason>`. */
  readonly passedOn: readonly string[];
}

/**
 * Delivers everything that a store owes to a Slack that accepts all calls. Time starts when the last bot was killed.
 */
export async function deliverLeft(store: WatchStore, at: Date): Promise<Delivered> {
  const time = createVirtualTime(at);
  const introduced: string[] = [];
  const said: { alert: string; reason: string; at: number }[] = [];
  const sent: string[] = [];
  const mentioned: string[] = [];
  const passedOn: string[] = [];
  let posts = 0;
  const notifier: Notifier = {
    post: async ({ message, alerts }, channel) => {
      const here = alerts.filter(({ as }) => as !== "former").map(({ alert }) => alert.id);
      if (isHome(message)) introduced.push(...here);
      else {
        sent.push(message.kind);
        mentioned.push(...here.map((id) => `${message.kind} of ${id}`));
      }
      return { ok: true, ref: { channel, ts: `${++posts}.0` } };
    },
    edit: async (_, ref) => ({ ok: true, ref }),
    reply: async ({ message }, { replies: words, joined }, ref) => {
      if (isHome(message)) {
        introduced.push(...joined.map(({ id }) => id));
        said.push(...words.map(({ alert, reply: word }) => ({ alert: alert.id, reason: word.reason, at: +word.at })));
      } else passedOn.push(...words.map(({ alert, reply: word }) => `${message.id} ${alert.id} ${word.reason}`));
      return { ok: true, ref };
    },
  };
  let ids = 0;
  const deps = {
    store,
    notifier,
    now: time.now,
    wait: time.wait,
    paceMs: PACE_MS,
    newId: () => `new-${++ids}`,
    fallbackChannel: undefined,
    repeatCriticalMs: 4 * 60 * MINUTE_MS,
    quietUntil: () => null,
    rests: createRests(() => 0),
    log: keepLog().log,
  };
  await time.run(deliver(deps));
  time.pass(LONGEST_PAUSE_MS);
  await time.run(deliver(deps));
  return { introduced, said, sent, mentioned, passedOn };
}
