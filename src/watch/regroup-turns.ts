import type { Logger } from "pino";
import type { Outbox } from "./outbox.ts";
import { type PlaceRules, planPlaces } from "./plan-places.ts";

/** While a pass runs, homes are given at most this often. */
const REGROUP_MS = 2_000;
/** And alerts join a known group at most this often: while a round finds thousands, each time is a word in the thread. */
const JOIN_MS = 15_000;

export interface RegroupDeps extends Pick<PlaceRules, "newId" | "repeatCriticalMs"> {
  readonly store: Pick<Outbox, "regroup">;
  readonly now: () => Date;
  /** Told when the store did not do it. */
  readonly onFailed: () => void;
  readonly log: Logger;
}

/** When one pass over the outbox gives alerts their homes. */
export interface RegroupTurns {
  /** Gives homes to what came up since, unless that was done a moment ago. */
  readonly regroup: () => Promise<void>;
  /** Gives homes to what was kept waiting until the pass has nothing else to do, once; false when nothing waited. */
  readonly regroupLast: () => Promise<boolean>;
}

export function createRegroupTurns({ store, now, newId, repeatCriticalMs, onFailed, log }: RegroupDeps): RegroupTurns {
  const joinedAt = new Map<string, number>();
  let regroupedAt = -Infinity;
  let keptWaiting = false;
  let lastDone = false;

  const regroupNow = async (at: Date): Promise<void> => {
    const atMs = at.getTime();
    regroupedAt = atMs;
    keptWaiting = false;
    const mayJoin = (group: string): boolean => {
      const joins = Math.abs(atMs - (joinedAt.get(group) ?? -Infinity)) >= JOIN_MS;
      if (!joins) keptWaiting = true;
      return joins;
    };
    try {
      const joined = await store.regroup((candidates) => {
        const plan = planPlaces(candidates, { now: at, newId, mayJoin, repeatCriticalMs });
        for (const { kind, message } of plan.places) if (kind === "group") joinedAt.set(message, atMs);
        return plan;
      }, at);
      if (joined > 0) log.info({ alerts: joined }, "alerts of one cause grouped");
    } catch (error) {
      onFailed();
      // The next pass does it.
      lastDone = true;
      log.error({ err: error }, "the alerts could not be given their messages");
    }
  };

  return {
    regroup: async () => {
      const at = now();
      if (Math.abs(at.getTime() - regroupedAt) < REGROUP_MS) keptWaiting = true;
      else await regroupNow(at);
    },
    regroupLast: async () => {
      if (lastDone || !keptWaiting) return false;
      lastDone = true;
      joinedAt.clear();
      await regroupNow(now());
      return true;
    },
  };
}
