import { expect, it } from "vitest";
import { NEW_WATCH } from "../../src/alert/alert.ts";
import { settleClock } from "../../src/alert/wrong-clock.ts";
import { aFailure, after, anAlert, NOW } from "../support/builders.ts";

const failing = (since: Date) => ({ failure: aFailure(), since, tries: 1 });

it("times from a clock that was ahead become the present time", () => {
  const ahead = anAlert({
    spokeAt: after(1),
    criticalSince: after(1),
    acceptedAt: after(1),
    escalatedAt: after(1),
    reopened: { times: 1, at: after(1), told: false, endSaid: true },
  });
  const settled = settleClock({ ...NEW_WATCH, failing: failing(after(1)), alert: ahead }, NOW);
  expect(settled).toMatchObject({
    failing: { since: NOW },
    alert: {
      spokeAt: NOW,
      criticalSince: NOW,
      acceptedAt: NOW,
      escalatedAt: NOW,
      reopened: { at: NOW },
      revision: 1,
    },
  });
});

it("past times stay", () => {
  const state = {
    ...NEW_WATCH,
    failing: failing(after(-1)),
    alert: anAlert({ spokeAt: after(-1), criticalSince: null }),
  };
  expect(settleClock(state, NOW)).toEqual(state);
});

it("a snooze keeps its length", () => {
  const snoozed = { by: "U0000000001", reason: "", at: after(1_000), until: after(4_000) };
  const { alert } = settleClock({ ...NEW_WATCH, alert: anAlert({ snoozed }) }, NOW);
  expect(alert?.snoozed).toMatchObject({ at: NOW, until: after(3_000) });
});
