import { describe, expect, it } from "vitest";
import { boundedList } from "../../../src/slack/requests/bounded-list.ts";

const lines = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `line ${index}`);

describe("a list in a message", () => {
  it.each([
    ["all of it when it fits", boundedList(lines(3), 1_000), ["line 0", "line 1", "line 2"]],
    ["nothing when there is nothing", boundedList([], 1_000), []],
    ["what is left out by others too", boundedList([], 1_000, { more: 7 }), ["…and 7 more: `/wa-token status`"]],
    [
      "as many as it may",
      boundedList(lines(3), 1_000, { most: 1, more: 1 }),
      ["line 0", "…and 3 more: `/wa-token status`"],
    ],
    ["as many as find room", boundedList(lines(3), 75), ["line 0", "line 1", "…and 1 more: `/wa-token status`"]],
  ])("shows %s", (_name, shown, expected) => {
    expect(shown).toEqual(expected);
  });

  it("has at most twenty lines by default, within its length", () => {
    expect(boundedList(lines(100), 10_000)).toHaveLength(21);
    expect(boundedList(lines(100), 200).join("\n").length).toBeLessThanOrEqual(200);
  });
});
