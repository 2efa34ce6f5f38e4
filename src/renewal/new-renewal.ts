import type { Renewal } from "./renewal.ts";

/** A renewal before its first step. */
export function newRenewal(
  start: Pick<Renewal, "id" | "watch" | "card" | "way" | "startedBy" | "startedAt">,
  known: Pick<Renewal, "place" | "before" | "working">,
): Renewal {
  return {
    ...start,
    ...known,
    steps: [],
    checklist: [],
    after: null,
    seenInUse: 0,
    dayTold: false,
    previousKept: false,
    endedAt: null,
    outcome: null,
    revision: 1,
  };
}
