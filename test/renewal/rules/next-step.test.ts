import { describe, expect, it } from "vitest";
import { actionsOf, type Facts, isPreviousOld, type Next, nextStep } from "../../../src/renewal/rules/next-step.ts";
import { OUTCOMES, type Renewal } from "../../../src/renewal/renewal.ts";
import { after, NOW } from "../../support/builders.ts";
import { aRenewal, aResult, DAY, done, MINUTE } from "../renewals.ts";

const facts = (fields: Partial<Facts> = {}): Facts => ({
  watch: "known",
  source: "not_known",
  ...fields,
});

const written = done("obtain", "test", "write");
const used = done("obtain", "test", "write", "read_back", "in_use");

describe("the next step", () => {
  const wait = (step: string, tellsDay = false) => ({ kind: "wait", step, tellsDay });
  const rows: readonly [string, Partial<Renewal>, Partial<Facts>, number, Next | ReturnType<typeof wait>][] = [
    ["an ended renewal", { endedAt: NOW, outcome: "done" }, {}, 0, { kind: "over" }],
    ["an ended renewal of a removed watch", { endedAt: NOW }, { watch: "removed" }, 0, { kind: "over" }],
    ["a removed watch", { steps: written }, { watch: "removed" }, 0, { kind: "end", outcome: "unwatched" }],
    [
      "a removed watch after a crash",
      { working: true },
      { watch: "removed" },
      0,
      { kind: "end", outcome: "unwatched" },
    ],
    ["a watch that is not known", { steps: written }, { watch: "not_known" }, DAY, { kind: "leave" }],
    ["a watch that is not known after a crash", { working: true }, { watch: "not_known" }, DAY, { kind: "leave" }],
    [
      "a watch that is not known for a week after a crash",
      { working: true },
      { watch: "not_known" },
      7 * DAY,
      { kind: "end", outcome: "interrupted" },
    ],
    [
      "a watch that is not known for a week",
      { steps: written },
      { watch: "not_known" },
      7 * DAY,
      { kind: "end", outcome: "timed_out" },
    ],
    ["the checklist", { way: "given" }, {}, 0, wait("obtain")],
    ["a failed paste", { way: "given", steps: [...done("obtain"), aResult("test", "failed")] }, {}, 0, wait("test")],
    ["a saved token", { steps: written }, {}, MINUTE, wait("read_back")],
    [
      "a token that a person saves",
      { steps: [...done("obtain", "test"), aResult("write", "skipped")] },
      {},
      0,
      wait("read_back"),
    ],
    ["a token that was read back", { steps: done("obtain", "test", "write", "read_back") }, {}, 0, wait("in_use")],
    ["a token in use", { steps: used }, {}, 0, wait("end_old")],
    ["an old token that was not ended", { steps: [...used, aResult("end_old", "failed")] }, {}, 0, wait("end_old")],
    ["nothing left", { steps: [...used, ...done("end_old")] }, {}, 0, { kind: "end", outcome: "done" }],
    ["a wait of almost a day", { steps: written }, {}, DAY - 1, wait("read_back")],
    ["a wait of a day", { steps: written }, {}, DAY, wait("read_back", true)],
    ["a wait of a day that the thread knows", { steps: written, dayTold: true }, {}, DAY, wait("read_back")],
    ["a wait of almost a week", { steps: written, dayTold: true }, {}, 7 * DAY - 1, wait("read_back")],
    ["a wait of a week", { steps: written }, {}, 7 * DAY, { kind: "end", outcome: "timed_out" }],
    ["a checklist of a week", { way: "given" }, {}, 7 * DAY, { kind: "end", outcome: "timed_out" }],
    [
      "a checklist of a week with a paste today",
      {
        way: "given",
        steps: [aResult("obtain", "done", { kind: "pasted" }, after(7 * DAY)), aResult("test", "failed")],
      },
      {},
      7 * DAY,
      { kind: "end", outcome: "timed_out" },
    ],
    [
      "a step that began today, in a renewal of a week",
      { steps: [...written, aResult("read_back", "done", { kind: "read" }, after(7 * DAY))] },
      {},
      7 * DAY,
      wait("in_use"),
    ],
    ["work that is not claimed yet", { working: true }, { source: "old" }, 9_999, { kind: "leave" }],
    [
      "a crash before the test",
      { working: true, after: null },
      { source: "old" },
      MINUTE,
      { kind: "end", outcome: "interrupted" },
    ],
    [
      "a crash before the test, source unread",
      { working: true, after: null },
      {},
      MINUTE,
      { kind: "end", outcome: "interrupted" },
    ],
    [
      "a crash, source gives the old token",
      { working: true },
      { source: "old" },
      MINUTE,
      { kind: "end", outcome: "interrupted" },
    ],
    [
      "a crash, source gives another token",
      { working: true },
      { source: "other" },
      MINUTE,
      { kind: "end", outcome: "interrupted" },
    ],
    [
      "a crash, source gives the new token",
      { working: true },
      { source: "new" },
      MINUTE,
      { kind: "resume", step: "read_back" },
    ],
    ["a crash, source unread", { working: true }, {}, MINUTE, { kind: "look_again" }],
    ["a crash, source unread for a week", { working: true }, {}, 7 * DAY, { kind: "end", outcome: "interrupted" }],
  ];

  it.each(rows)("of %s", (_, renewal, known, afterMs, expected) => {
    expect(nextStep(aRenewal(renewal), facts(known), after(afterMs))).toEqual(expected);
  });
});

describe("the offered actions", () => {
  const rows: readonly [string, Partial<Renewal>, readonly string[]][] = [
    ["at work", { working: true }, ["cancel"]],
    ["with an open checklist", { way: "given", previousKept: false }, ["paste", "cancel"]],
    [
      "after a failed paste",
      { way: "given", steps: [...done("obtain"), aResult("test", "failed")] },
      ["paste", "cancel"],
    ],
    ["after the write", { steps: written }, ["put_back", "cancel"]],
    [
      "after a person saved it",
      { steps: [...done("obtain", "test"), aResult("write", "skipped")], previousKept: false },
      ["cancel"],
    ],
    ["after read back", { steps: [...written, ...done("read_back")] }, ["confirm_in_use", "put_back", "cancel"]],
    ["after in use", { steps: used }, ["end_old", "put_back", "cancel"]],
    ["after in use, without a copy", { steps: used, previousKept: false }, ["end_old", "cancel"]],
    [
      "when both are dead",
      { steps: [...used, aResult("end_old", "failed", { kind: "both_dead" })] },
      ["end_old", "cancel"],
    ],
    ...OUTCOMES.map((outcome): [string, Partial<Renewal>, readonly string[]] => [
      `after the end "${outcome}"`,
      { outcome, endedAt: NOW, steps: written },
      outcome === "done" || outcome === "unwatched" ? [] : ["renew"],
    ]),
  ];

  it.each(rows)("%s", (_, renewal, expected) => {
    expect(actionsOf(aRenewal(renewal))).toEqual(expected);
  });
});

describe("the kept old value", () => {
  it.each([
    ["is kept for a week", { endedAt: NOW, steps: written }, 7 * DAY - 1, false],
    ["is removed after a week", { endedAt: NOW, steps: written }, 7 * DAY, true],
    ["is kept while the renewal is open", { steps: written }, 8 * DAY, false],
    ["is not there", { endedAt: NOW, steps: written, previousKept: false }, 8 * DAY, false],
  ] as const)("%s", (_, renewal, afterMs, expected) => {
    expect(isPreviousOld(aRenewal(renewal), after(afterMs))).toBe(expected);
  });
});
