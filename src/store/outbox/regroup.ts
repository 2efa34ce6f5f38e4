import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import type { Outbox } from "../../outbox/outbox.ts";
import type { Candidates, Plan } from "../../outbox/plan-places.ts";
import { applyPlan } from "./apply-plan.ts";
import { readCandidates } from "./candidates.ts";
import type { Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/** Gives alerts a home, merges unsent lists and collects reminders. */
export function createRegroup(base: StoreBase): Outbox["regroup"] {
  return async (plan, now) => {
    let mistake: unknown;
    const planned = (candidates: Candidates): Plan => {
      try {
        return plan(candidates);
      } catch (error) {
        // An error in the plan must not delay new alerts, so each alert gets its own message.
        mistake = error;
        return eachAlone(candidates);
      }
    };
    const joined = await base.db.transaction().execute(async (trx: Kysely<Schema>) => {
      const found = await readCandidates(trx, base.dialect, now);
      return found === undefined ? 0 : applyPlan(trx, base, planned(found.candidates), found, now);
    });
    if (mistake !== undefined) throw mistake;
    return joined;
  };
}

/**
 * The plan without groups: one new message for each alert without a home. It reuses no earlier message, because that
 * one may still go to the alert's old channel.
 */
function eachAlone({ alerts }: Candidates): Plan {
  const places = alerts
    .filter(({ home }) => home === "none")
    .map(({ id, channel }) => ({ kind: "alert", message: randomUUID(), alert: id, channel }) as const);
  return { places, merges: [], reminders: [] };
}
