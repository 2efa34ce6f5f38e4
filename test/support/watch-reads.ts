import type { Tally, WatchRecord, WatchStore, WorstPage } from "../../src/watch/ports.ts";
import { RANKS, standingOf } from "../../src/watch/standing.ts";

/** The reads of the store that show watches, over these records. */
export const readsOf = (
  records: readonly WatchRecord[],
): Pick<WatchStore, "find" | "page" | "worst" | "tally" | "names"> => {
  const matching = (part: string) => records.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()));
  const worst = ({ which, part = "", after = "0", limit }: WorstPage) => {
    const wanted = matching(part).filter((record) => (which === "open" ? isOpen(record) : isWanted(record, which)));
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

const rankOf = ({ state, unreadable }: WatchRecord): number =>
  unreadable === undefined ? standingOf(state).rank : RANKS.unknown - 1;

const endOf = ({ state }: WatchRecord): number => standingOf(state).endsAt?.getTime() ?? Number.MAX_SAFE_INTEGER;

const compare = (a: WatchRecord, b: WatchRecord): number =>
  rankOf(a) - rankOf(b) || endOf(a) - endOf(b) || (a.name < b.name ? -1 : 1);

const isOpen = ({ state: { alert } }: WatchRecord): boolean => alert !== null && alert.resolvedAt === null;

const needsAttention = (record: WatchRecord): boolean =>
  rankOf(record) < RANKS.well && rankOf(record) !== RANKS.waiting;

const isWanted = (record: WatchRecord, which: WorstPage["which"]): boolean => which === "all" || needsAttention(record);

const tallyOf = (records: readonly WatchRecord[]): Tally => ({
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
