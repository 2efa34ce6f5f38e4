import { isSetClock } from "../token/clock-set.ts";
import { DAY_MS } from "../token/duration.ts";
import { isTooFarAhead } from "../token/set-back.ts";
import { buildDigestTable } from "./digest-rows.ts";
import type { FleetTrouble } from "../outbox/digest-table.ts";
import { nextRun } from "./next-run.ts";
import { nextTurn } from "./pace/next-turn.ts";
import type { NewMessage } from "../outbox/message.ts";
import type { SharedDeadline, WatchRecord, WatchStore } from "./ports.ts";
import { renewedSince } from "./renewed-since.ts";
import type { Watch } from "./watch.ts";
import type { Book } from "./watch-book.ts";

export interface DigestDeps {
  readonly store: Pick<WatchStore, "page" | "readDeadline" | "advanceDeadline" | "audit" | "renewalById">;
  readonly watches: Book<Pick<Watch, "name" | "channel">>;
  /** The fleets whose list could not be read or accepted, or keeps watches because of malformed lines. */
  readonly fleetTroubles: () => readonly FleetTrouble[];
  /** The channels of fleets, where a digest names their troubles also when no watch of them is known. */
  readonly fleetChannels: readonly string[];
  /** A cron expression of five fields. */
  readonly schedule: string;
  readonly timezone: string;
  readonly now: () => Date;
  readonly newId: () => string;
}

/**
 * Puts the due digest into the outbox, one message for each channel. The store holds the next due time, so only one
 * replica sends the digest. Several missed digests become one. The first run and a change of the schedule only save the
 * due time. Returns the number of messages.
 */
export async function runDigest(deps: DigestDeps): Promise<number> {
  const { store, schedule, timezone } = deps;
  const now = deps.now();
  const spec = `${schedule} ${timezone}`;
  const deadline = await store.readDeadline(DEADLINE);
  const known = deadline !== null && deadline.spec === spec && !isLost(deadline, deps, now);
  if (known && deadline.at > now) return 0;
  const next = nextRun(schedule, timezone, now);
  if (next === null) return 0;
  const last = await store.readDeadline(LAST);
  const messages = known ? await messagesFor(deps, startOf(last, now, next), now) : [];
  if (!(await store.advanceDeadline(DEADLINE, deadline, { at: next, spec }, messages))) return 0;
  // A crash before this line repeats the renewals of this digest in the next one, which does no harm.
  if (known || last === null) await store.advanceDeadline(LAST, last, { at: now, spec: "" }, []);
  return messages.length;
}

const DEADLINE = "digest";

/** When the last digest was made: the next one lists the renewals since then. */
const LAST = "last-digest";

/** Without a usable time of the last digest, a digest covers as much time as lies between it and the next one. */
function startOf(last: SharedDeadline | null, now: Date, next: Date): Date {
  return last !== null && isSetClock(last.at) && last.at < now ? last.at : new Date(2 * now.getTime() - next.getTime());
}

/** A clock that is set back by less than this does not cause a second digest. */
const SET_BACK_MS = 2 * DAY_MS;

/** Reads the watches page by page, so that a large fleet is never in memory at once. */
async function messagesFor(
  { store, watches, fleetTroubles, fleetChannels, newId }: DigestDeps,
  since: Date,
  now: Date,
): Promise<readonly NewMessage[]> {
  const renewed = await renewedSince(store, since, now);
  const channelOf = (watch: string): string | undefined => watches.get(watch)?.channel;
  const troubles = fleetTroubles();
  // The watches of a fleet that cannot be read are not known, and its channel must hear of that all the same.
  const tables = new Map(
    troubles.length === 0 ? [] : fleetChannels.map((channel) => [channel, buildDigestTable(now)] as const),
  );
  for await (const records of pagesOf(store))
    for (const [channel, own] of Map.groupBy(records, ({ name }) => channelOf(name))) {
      if (channel === undefined) continue;
      const table = tables.get(channel) ?? buildDigestTable(now);
      tables.set(channel, table);
      table.add(own);
    }
  const renewedIn = Map.groupBy(renewed, ({ watch }) => channelOf(watch));
  return Array.from(tables, ([channel, { table }]): NewMessage => {
    const ownRenewed = renewedIn.get(channel) ?? [];
    return {
      id: newId(),
      kind: "digest",
      routes: [channel],
      alerts: [],
      severity: "warning",
      at: now,
      body: { kind: "digest", ...table({ renewed: ownRenewed, fleets: troubles }) },
    };
  });
}

async function* pagesOf(store: Pick<WatchStore, "page">): AsyncGenerator<readonly WatchRecord[]> {
  for (let after: string | undefined; ;) {
    const records = await store.page({ after, limit: IN_PAGE });
    if (records.length === 0) return;
    yield records;
    after = records.at(-1)?.name;
    // Lets people's requests in between.
    await nextTurn();
  }
}

const IN_PAGE = 25;

/** True when a wrong clock computed the due time, so that the digest would come much too late. */
function isLost({ at }: SharedDeadline, { schedule, timezone }: DigestDeps, now: Date): boolean {
  if (!isSetClock(at)) return true;
  if (!isTooFarAhead(at, now, SET_BACK_MS)) return false;
  const next = nextRun(schedule, timezone, new Date(now.getTime() + SET_BACK_MS));
  return next !== null && at > next;
}
