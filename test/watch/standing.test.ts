import { expect, it } from "vitest";
import { NEW_WATCH, type WatchState } from "../../src/alert/alert.ts";
import { RANKS, standingOf } from "../../src/watch/standing.ts";
import { after, aFailure, aFinding, anAlert, anExpiring, aVerdict, NOW } from "../support/builders.ts";

const failing = { failure: aFailure(), since: NOW, tries: 3 };
const healthy = aVerdict();
const asset = { kind: "phone", id: "1", name: null, reach: "not_known", sending: null, failure: aFailure() } as const;

it("sorts states, failing checks and open alerts, worst first", () => {
  const order: readonly Partial<WatchState>[] = [
    { verdict: aVerdict({ findings: [aFinding("revoked")] }), failing },
    { verdict: aVerdict({ findings: [aFinding("revoked")] }) },
    { verdict: aVerdict({ findings: [aFinding("scope_missing")] }) },
    { verdict: anExpiring("7d", after(1)) },
    { verdict: healthy, failing, alert: anAlert({ failing }) },
    { failing },
    {},
    { verdict: aVerdict({ assets: [asset], findings: [aFinding("reach_not_checked")] }) },
    { verdict: healthy, failing },
    { verdict: healthy, alert: anAlert({ failing: null }) },
    { verdict: healthy },
  ];
  const ranks = order.map((state) => standingOf({ ...NEW_WATCH, ...state }).rank);
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  expect(ranks.at(-1)).toBe(RANKS.well);
  expect(ranks.filter((rank) => rank === RANKS.well)).toHaveLength(1);
  expect(standingOf({ ...NEW_WATCH, verdict: healthy, alert: anAlert({ resolvedAt: NOW }) }).rank).toBe(RANKS.well);
});

it("knows the state of the last answer and the end of the token", () => {
  expect(standingOf(NEW_WATCH)).toEqual({ state: "unknown", rank: RANKS.waiting, endsAt: null });
  expect(standingOf({ ...NEW_WATCH, verdict: anExpiring("7d", after(1)) })).toMatchObject({
    state: "expiring",
    endsAt: after(1),
  });
});
