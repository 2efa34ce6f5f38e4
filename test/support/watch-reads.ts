import type { NamedAlerts, Outbox, RefusedAlerts } from "../../src/outbox/outbox.ts";
import type { Overview } from "../../src/slack/status/overview.ts";
import type { Tally, WatchRecord, WatchStore, WorstPage } from "../../src/watch/ports.ts";
import { RANKS, standingOf } from "../../src/watch/standing.ts";

/** The reads of the store that show watches, over these records. */
export const readsOf = (
  records: readonly WatchRecord[],
): Pick<WatchStore, "find" | "page" | "worst" | "tally" | "names" | "holders"> => {
  const matching = (part: string) => records.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()));
  const worst = ({ which, part = "", after = "0", limit }: WorstPage) => {
    const wanted = matching(part).filter((record) => isWanted(record, which));
    const from = Number(after);
    return Promise.resolve({
      records: wanted.toSorted(compare).slice(from, from + limit),
      next: wanted.length > from + limit ? String(from + limit) : null,
    });
  };
  return {
    find: (name) => Promise.resolve(records.find((one) => one.name === name)),
    page: ({ after = "", limit }) => Promise.resolve(records.filter(({ name }) => name > after).slice(0, limit)),
    worst,
    holders: (fingerprints) =>
      Promise.resolve(
        new Map(
          fingerprints.map((fingerprint) => [
            fingerprint,
            records.filter(({ state }) => state.verdict?.token?.fingerprint === fingerprint).map(({ name }) => name),
          ]),
        ),
      ),
    tally: (part = "") => Promise.resolve(tallyOf(matching(part))),
    names: (part, limit) =>
      Promise.resolve(
        matching(part)
          .map(({ name }) => name)
          .toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))
          .slice(0, limit),
      ),
  };
};

/** The alerts of these records that Slack does not have, as the outbox would count them. */
export const waitingOf = (
  records: readonly WatchRecord[],
): Pick<Outbox, "undelivered" | "refusedAlerts" | "heldAlerts"> => ({
  undelivered: () => Promise.resolve([]),
  refusedAlerts: () => Promise.resolve(refusedOf(records)),
  heldAlerts: () => Promise.resolve(heldOf(records)),
});

const refusedOf = (records: readonly WatchRecord[]): readonly RefusedAlerts[] => {
  const refused = records.flatMap(({ name, undelivered }) =>
    undelivered === null ? [] : [{ name, channel: undelivered.channel, error: undelivered.error }],
  );
  return [...Map.groupBy(refused, ({ channel, error }) => `${channel} ${error}`).values()].flatMap((alike) =>
    alike.slice(0, 1).map(({ channel, error }) => ({
      channel,
      error,
      count: alike.length,
      watches: alike.map(({ name }) => name),
    })),
  );
};

const heldOf = (records: readonly WatchRecord[]): NamedAlerts => {
  const watches = records
    .filter(
      (record) =>
        isOpen(record) && record.state.alert?.severity === "warning" && record.owed && record.undelivered === null,
    )
    .map(({ name }) => name);
  return { count: watches.length, watches };
};

export const tallyOf = (records: readonly WatchRecord[]): Tally => ({
  total: records.length,
  attention: records.filter(needsAttention).length,
  waiting: records.filter((record) => rankOf(record) === RANKS.waiting).length,
  open: records.filter(isOpen).length,
  states: new Map(
    [...Map.groupBy(records, ({ state }) => state.verdict?.state ?? "unknown")].map(([state, { length }]) => [
      state,
      length,
    ]),
  ),
});

/** What status and Home read beside the lists, outside quiet hours, with nothing undelivered in the outbox. */
export const overviewOf = (records: readonly WatchRecord[], now: Date): Overview => ({
  tally: tallyOf(records),
  refused: refusedOf(records),
  held: heldOf(records),
  undelivered: [],
  paces: [],
  now,
  quietUntil: null,
});

/** The lists of the Home. */
export const homeListsOf = (
  records: readonly WatchRecord[],
  isWhole = true,
): { readonly open: readonly WatchRecord[]; readonly others: readonly WatchRecord[]; readonly isWhole: boolean } => {
  const sorted = records.toSorted(compare);
  return { open: sorted.filter(isOpen), others: sorted.filter((record) => !isOpen(record)), isWhole };
};

const rankOf = ({ state, unreadable }: WatchRecord): number =>
  unreadable === undefined ? standingOf(state).rank : RANKS.unknown - 1;

const endOf = ({ state }: WatchRecord): number => standingOf(state).endsAt?.getTime() ?? Number.MAX_SAFE_INTEGER;

const compare = (a: WatchRecord, b: WatchRecord): number =>
  rankOf(a) - rankOf(b) || endOf(a) - endOf(b) || (a.name < b.name ? -1 : 1);

const isOpen = ({ state: { alert } }: WatchRecord): boolean => alert !== null && alert.resolvedAt === null;

const needsAttention = (record: WatchRecord): boolean =>
  rankOf(record) < RANKS.well && rankOf(record) !== RANKS.waiting;

const isWanted = (record: WatchRecord, which: WorstPage["which"]): boolean => {
  if (which === "open") return isOpen(record);
  return which === "all" || (needsAttention(record) && (which === "attention" || !isOpen(record)));
};
