import type { Alert, Reply } from "../../src/watch/alert.ts";
import { PACE_MS } from "../../src/watch/pace.ts";
import { deliver, type DeliverDeps, type Pass } from "../../src/watch/deliver.ts";
import { createRests } from "../../src/watch/rests.ts";
import type { Note, NoteBody } from "../../src/watch/note.ts";
import type { DeliveryFailure, DeliveryResult, GroupReply, MessageRef, Notifier } from "../../src/watch/outbox.ts";
import { aCard, aFinding, aVerdict, anAlert, NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";
import { createMemoryOutbox } from "../support/memory-outbox.ts";
import { createVirtualTime } from "../support/virtual-time.ts";

export const MINUTE = 60_000;
export const refused: DeliveryFailure = { kind: "refused", error: "not_in_channel" };
export const away: DeliveryFailure = { kind: "away", error: "Slack did not answer" };
export const gone: DeliveryFailure = { kind: "message_gone", error: "message_not_found" };
export const limited = (retryAfterMs: number): DeliveryFailure => ({ kind: "rate_limited", retryAfterMs });

export const aReply = (revision: number, fields: Partial<Reply> = {}): Reply => ({
  revision,
  reason: "worse",
  at: NOW,
  notice: false,
  verdict: null,
  by: null,
  ...fields,
});

/** An alert that shares its cause with no other. */
export const inChannel = (channel: string, id: string, fields: Partial<Alert> = {}): Alert =>
  anAlert({
    id,
    card: aCard({ name: id, channel }),
    verdict: aVerdict({ findings: [aFinding("expires_soon")] }),
    ...fields,
  });

/** A critical alert of a cause that others in the channel may have as well. */
export const revoked = (channel: string, id: string, fields: Partial<Alert> = {}): Alert =>
  inChannel(channel, id, { verdict: aVerdict({ findings: [aFinding("revoked")] }), severity: "critical", ...fields });

export const aNote = (id: string, fields: Partial<Note> = {}, body: Partial<NoteBody> = {}): Note => ({
  id,
  routes: ["C9"],
  severity: "critical",
  at: NOW,
  body: { kind: "escalation", alert: anAlert(), ...body } as NoteBody,
  ...fields,
});

export interface Call {
  /** "post a", "update a", "reply a 2", "note n1+n2"… */
  readonly what: string;
  readonly channel: string;
  readonly atMs: number;
}

interface WorldOptions {
  /** Which calls Slack does not take. */
  readonly refuse?: (call: Call) => DeliveryFailure | undefined;
  /** How long a call takes. */
  readonly latencyMs?: (call: Call) => number;
}

/** Deliveries from an outbox in memory to a Slack that is a list of calls, in a time of their own. */
export const createDeliveryWorld = ({ refuse = () => undefined, latencyMs = () => 0 }: WorldOptions = {}) => {
  const time = createVirtualTime();
  const store = createMemoryOutbox();
  const { log, lines } = keepLog();
  const calls: Call[] = [];
  const groupReplies: GroupReply[] = [];
  let ids = 0;

  const answer = async (what: string, channel: string, known?: MessageRef): Promise<DeliveryResult> => {
    const call = { what, channel, atMs: time.now().getTime() - NOW.getTime() };
    calls.push(call);
    const ts = `${calls.length}.0`;
    await time.wait(latencyMs(call));
    const failure = refuse(call);
    return failure === undefined ? { ok: true, ref: known ?? { channel, ts } } : { ok: false, failure };
  };
  const list = (items: readonly { readonly id: string }[]): string => items.map(({ id }) => id).join("+");

  const notifier: Notifier = {
    post: (alert) => answer(`post ${alert.id}`, alert.card.channel),
    update: (alert, ref) => answer(`update ${alert.id}`, ref.channel, ref),
    reply: (alert, { revision }, ref) => answer(`reply ${alert.id} ${revision}`, ref.channel, ref),
    postGroup: (group, alerts) => answer(`post group ${list(alerts)}`, group.channel),
    updateGroup: (_group, alerts, ref) => answer(`update group ${list(alerts)}`, ref.channel, ref),
    replyGroup: (_group, reply, ref) => {
      groupReplies.push(reply);
      return answer("reply group", ref.channel, ref);
    },
    note: (notes, to) => answer(`note ${list(notes)}`, to),
  };
  const deps: DeliverDeps = {
    store,
    notifier,
    now: time.now,
    wait: time.wait,
    paceMs: PACE_MS,
    newId: () => `id-${++ids}`,
    fallbackChannel: undefined,
    repeatCriticalMs: 4 * 60 * MINUTE,
    quietUntil: () => null,
    rests: createRests(() => 0),
    log,
  };
  return {
    deps,
    store,
    time,
    lines,
    calls,
    groupReplies,
    /** What Slack was asked, without when and where. */
    asked: () => calls.map(({ what }) => what),
    deliver: (overrides: Partial<DeliverDeps> = {}, pass?: Pass) => time.run(deliver({ ...deps, ...overrides }, pass)),
  };
};

export type DeliveryWorld = ReturnType<typeof createDeliveryWorld>;
