import type { Logger } from "pino";
import type { GroupCandidate, Grouping } from "./group.ts";
import { planGroups } from "./plan-groups.ts";
import type { WorkDeps } from "./work.ts";

/** While a pass runs, alerts that came up since are looked through for groups at most this often. */
const REGROUP_MS = 5_000;
/** And join one that is there at most this often: while a round finds thousands, each time is a word in the thread. */
const JOIN_MS = 15_000;

export interface GroupTurnsDeps extends Pick<WorkDeps, "now" | "newId"> {
  readonly store: Pick<WorkDeps["store"], "groupAlerts">;
  /** Told when the store did not do it. */
  readonly onFailed: () => void;
  readonly log: Logger;
}

/** When one pass over the outbox puts alerts into groups. */
export interface GroupTurns {
  /** Groups what came up since, unless that was done a moment ago. */
  readonly group: () => Promise<void>;
  /** Alerts may have left a group: they are grouped before anybody posts them one by one. */
  readonly freed: () => void;
  /** Groups what was kept waiting until the pass has nothing else to do, once; true when there was any. */
  readonly groupLast: () => Promise<boolean>;
}

export const createGroupTurns = ({ store, now, newId, onFailed, log }: GroupTurnsDeps): GroupTurns => {
  const plan = planGroups(newId);
  const joinedAt = new Map<string, number>();
  let groupedAt = -Infinity;
  let anyFreed = false;
  let keptWaiting = false;
  let lastDone = false;

  /** Without those whose group was joined a moment ago: the store keeps them until they join. */
  const planAt =
    (atMs: number) =>
    (open: readonly GroupCandidate[]): readonly Grouping[] => {
      const whole = plan(open);
      const turn = whole.filter(({ group: id }) => Math.abs(atMs - (joinedAt.get(id) ?? -Infinity)) >= JOIN_MS);
      keptWaiting = turn.length < whole.length;
      for (const { group: id } of turn) joinedAt.set(id, atMs);
      return turn;
    };

  const groupNow = async (at: Date): Promise<number> => {
    groupedAt = at.getTime();
    keptWaiting = false;
    anyFreed = false;
    try {
      const count = await store.groupAlerts(planAt(at.getTime()), at);
      if (count > 0) log.info({ alerts: count }, "alerts of one cause grouped");
      return count;
    } catch (error) {
      onFailed();
      // The next pass does it.
      lastDone = true;
      log.error({ err: error }, "the alerts of one cause could not be grouped");
      return 0;
    }
  };

  return {
    group: async () => {
      const at = now();
      if (!anyFreed && Math.abs(at.getTime() - groupedAt) < REGROUP_MS) {
        keptWaiting = true;
        return;
      }
      await groupNow(at);
      // Freed meanwhile.
      if (anyFreed) await groupNow(now());
    },
    freed: () => {
      anyFreed = true;
    },
    groupLast: async () => {
      if (lastDone || !keptWaiting) return false;
      lastDone = true;
      joinedAt.clear();
      return (await groupNow(now())) > 0;
    },
  };
};
