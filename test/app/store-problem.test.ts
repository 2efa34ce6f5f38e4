import { describe, expect, it } from "vitest";
import { ownTroubleAfter, storeProblemAfter } from "../../src/app/store-problem.ts";
import type { StoreProblem } from "../../src/watch/round.ts";

const unsaved: StoreProblem = { step: "save", message: "The disk is full." };
const unasked: StoreProblem = { step: "claim", message: "The database is locked." };

describe("the store problem that stops the rounds", () => {
  it.each<[string, StoreProblem | null, number, StoreProblem | null, StoreProblem | null]>([
    ["a good round", null, 3, null, null],
    ["a round that could not save", null, 2, unsaved, unsaved],
    ["another one", unsaved, 0, unasked, unasked],
    ["nothing to do after a round that could not save", unsaved, 0, null, unsaved],
    ["something saved after a round that could not save", unsaved, 1, null, null],
    ["nothing to do after a round that could not ask", unasked, 0, null, null],
  ])("after %s", (_, previous, checked, storeProblem, now) => {
    expect(storeProblemAfter(previous, { checked, storeProblem })).toBe(now);
  });
});

describe("a missing resource of the process", () => {
  it.each([
    ["trouble after none", null, 0, "EMFILE", "EMFILE"],
    ["a round with nothing to do, which proves nothing", "EMFILE", 0, null, "EMFILE"],
    ["a watch that was checked", "EMFILE", 1, null, null],
    ["another trouble", "EMFILE", 3, "ENOMEM", "ENOMEM"],
    ["nothing", null, 0, null, null],
  ])("after %s", (_, previous, checked, ownTrouble, now) => {
    expect(ownTroubleAfter(previous, { checked, ownTrouble })).toBe(now);
  });
});
