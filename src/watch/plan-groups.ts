import type { GroupCandidate, Grouping } from "./group.ts";

/** From so many open alerts of one cause in one channel on, one message shows those that have none yet. */
const GROUP_FROM = 5;

/** One alone says more with a message of its own; but not for ever, when they come up one after the other. */
const ALONE_UNTIL = 7;

const isWorthGroup = (sharing: number, loose: number): boolean =>
  sharing >= GROUP_FROM && (loose > 1 || sharing >= ALONE_UNTIL);

/**
 * Puts the alerts that were never posted into groups: into the open one of their cause and channel, or into a new one
 * once enough share it, those with a message of their own counted. Pure but for the new names.
 */
export const planGroups =
  (newId: () => string) =>
  (open: readonly GroupCandidate[]): readonly Grouping[] => {
    const alike = Map.groupBy(open, ({ cause, channel }) => JSON.stringify([cause, channel]));
    return [...alike.values()].flatMap((candidates) => {
      const [first] = candidates;
      const alerts = candidates.filter(({ settled, group }) => !settled && group === null).map(({ id }) => id);
      if (first === undefined || alerts.length === 0) return [];
      const existing = candidates.find(({ group }) => group !== null)?.group ?? undefined;
      if (existing === undefined && !isWorthGroup(candidates.length, alerts.length)) return [];
      const { cause, channel } = first;
      return [{ group: existing ?? newId(), cause, channel, alerts }];
    });
  };
