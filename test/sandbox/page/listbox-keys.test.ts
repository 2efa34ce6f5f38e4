import { describe, expect, it } from "vitest";
import { stepOf } from "../../../sandbox/page/client/blocks/elements/listbox-keys.ts";

const texts = ["Apple", "Banana", "Blueberry"];

describe("the keys of a select", () => {
  it.each([
    ["ArrowDown", undefined, { kind: "move", index: 0 }],
    [" ", undefined, { kind: "move", index: 0 }],
    ["Escape", undefined, undefined],
    ["Tab", undefined, undefined],
    ["ArrowDown", 1, { kind: "move", index: 2 }],
    ["ArrowDown", 2, { kind: "move", index: 2 }],
    ["ArrowUp", 0, { kind: "move", index: 0 }],
    ["Home", 2, { kind: "move", index: 0 }],
    ["End", 0, { kind: "move", index: 2 }],
    ["b", 1, { kind: "move", index: 2 }],
    ["b", 2, { kind: "move", index: 1 }],
    ["x", 2, undefined],
    ["Enter", 1, { kind: "choose", index: 1 }],
    ["Escape", 1, { kind: "close" }],
    ["Tab", 1, undefined],
  ])("%j with the keys on %j: %j", (key, active, expected) => {
    expect(stepOf(key, { active, chosen: -1, texts })).toEqual(expected);
  });

  it("open the list at the chosen option", () => {
    expect(stepOf("Enter", { active: undefined, chosen: 2, texts })).toEqual({ kind: "move", index: 2 });
  });
});
