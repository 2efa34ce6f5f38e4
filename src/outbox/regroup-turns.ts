import type { Logger } from "pino";
import { ageMs } from "../token/set-back.ts";
import type { Outbox } from "./outbox.ts";
import { type PlaceRules, planPlaces } from "./plan-places.ts";

export interface RegroupDeps extends Pick<PlaceRules, "newId" | "repeatCriticalMs"> {
  readonly store: Pick<Outbox, "regroup">;
  readonly now: () => Date;
  /** Called when the store failed. */
  readonly onFailed: () => void;
  readonly log: Logger;
}

/** Decides when one pass over the outbox gives alerts their homes. */
export interface RegroupTurns {
  /** Gives homes to new alerts, unless it did so a moment ago. */
  readonly regroup: () => Promise<void>;
  /** Gives homes to waiting alerts once, when the pass has no other work. False when no alert waited. */
  readonly regroupLast: () => Promise<boolean>;
}

export function createRegroupTurns({ store, now, newId, repeatCriticalMs, onFailed, log }: RegroupDeps): RegroupTurns {
  const joinedAt = new Map<string, Date>();
  let regroupedAt: Date | null = null;
  let keptWaiting = false;
  let lastDone = false;

  const regroupNow = async (at: Date): Promise<void> => {
    regroupedAt = at;
    keptWaiting = false;
    const mayJoin = (group: string): boolean => {
      const joins = ageMs(joinedAt.get(group) ?? null, at) >= JOIN_MS;
      if (!joins) keptWaiting = true;
      return joins;
    };
    try {
      const joined = await store.regroup((candidates) => {
        const plan = planPlaces(candidates, { now: at, newId, mayJoin, repeatCriticalMs });
        for (const { kind, message } of plan.places) if (kind === "group") joinedAt.set(message, at);
        return plan;
      }, at);
      if (joined > 0) log.info({ alerts: joined }, "grouped alerts with one cause");
    } catch (error) {
      onFailed();
      // The next pass tries again.
      lastDone = true;
      log.error({ err: error }, "could not assign messages to alerts; the next pass tries again");
    }
  };

  return {
    regroup: async () => {
      const at = now();
      if (ageMs(regroupedAt, at) < REGROUP_MS) keptWaiting = true;
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

/** During a pass, alerts get homes at most this often. */
const REGROUP_MS = 2_000;

/**
 * Alerts join an existing group at most this often. Each time adds a reply to its thread, and a round can find
 * thousands of alerts.
 */
const JOIN_MS = 15_000;
