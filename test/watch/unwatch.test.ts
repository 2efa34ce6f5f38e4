import { describe, expect, it } from "vitest";
import { NEW_WATCH } from "../../src/watch/alert.ts";
import { unwatch } from "../../src/watch/transition.ts";
import { anAlert, aVerdict, NOW } from "../support/builders.ts";

describe("a watch that left the watchlist", () => {
  it("resolves its open alert as unwatched, with a word in the thread", () => {
    const { alert } = unwatch({ ...NEW_WATCH, verdict: aVerdict(), alert: anAlert() }, NOW);
    expect(alert).toMatchObject({ resolvedAt: NOW, resolution: "unwatched", revision: 2 });
    expect(alert?.replies).toMatchObject([{ reason: "unwatched", notice: false }]);
  });

  it.each([
    ["no alert", NEW_WATCH],
    ["an alert that is over", { ...NEW_WATCH, alert: anAlert({ resolvedAt: NOW, resolution: "recovered" }) }],
  ] as const)("leaves %s as it is", (_, state) => {
    expect(unwatch(state, NOW)).toBe(state);
  });
});
