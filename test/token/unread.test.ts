import { describe, expect, it } from "vitest";
import { countUnread, lastingUnread } from "../../src/token/unread.ts";
import type { AssetVerdict, Verdict } from "../../src/token/verdict.ts";
import { aFailure, after, aVerdict, NOW } from "../support/builders.ts";

const HOUR = 3_600_000;
const PATIENCE = { tries: 3, forMs: HOUR };

const UNREAD: AssetVerdict = {
  kind: "phone",
  id: "100000000002001",
  reach: "not_known",
  name: null,
  sending: null,
  failure: aFailure(),
};

/** Counts one failed read after another, each at the given time; returns the last verdict. */
const countedAt = (...times: readonly Date[]): Verdict => {
  const verdict = aVerdict({ assets: [UNREAD] });
  return times.reduce<Verdict>((before, now) => countUnread(before, verdict, PATIENCE, now), verdict);
};

describe("the time for which an ID is unread", () => {
  it("names the last read, also when later checks used an earlier one", () => {
    const read: AssetVerdict = { ...UNREAD, reach: "reached", failure: null };
    const unreadAfter = (asset: AssetVerdict) =>
      countUnread(aVerdict({ assets: [asset] }), aVerdict({ assets: [UNREAD] }), PATIENCE, after(HOUR)).assets[0]
        ?.unread;
    expect(unreadAfter(read)).toMatchObject({ readAt: aVerdict().checkedAt, tries: 1 });
    expect(unreadAfter({ ...read, readAt: after(-HOUR / 2) })).toMatchObject({ readAt: after(-HOUR / 2), tries: 1 });
  });

  it.each<[string, readonly Date[], Date, number]>([
    ["counts from the first failed read", [NOW, after(HOUR), after(2 * HOUR)], NOW, 1],
    ["is too short before the patience ends", [NOW, after(1), after(2)], NOW, 0],
    // Else the time would be negative until the clock reaches its old time again.
    ["starts again after the clock was set back", [after(9 * HOUR), NOW, after(HOUR)], NOW, 1],
  ])("%s", (_, times, since, lasting) => {
    const verdict = countedAt(...times);
    expect(verdict.assets[0]?.unread).toMatchObject({ since, tries: times.length });
    expect(lastingUnread(verdict)).toHaveLength(lasting);
  });
});
