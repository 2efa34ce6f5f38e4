import { describe, expect, it } from "vitest";
import { createTurns, takeTurn, waitSentence } from "../../../src/slack/check/rate-limit.ts";

const at = (seconds: number): Date => new Date(1_000_000 + seconds * 1_000);

describe("five checks or renewals a minute", () => {
  it("allows five and says when the sixth is possible", () => {
    const take = createTurns();
    for (const second of [0, 1, 2, 3, 4]) expect(take("U1", at(second))).toBeUndefined();
    expect(take("U1", at(10))).toBe(50_000);
    expect(take("U1", at(59.5))).toBe(500);
    expect(take("U1", at(60))).toBeUndefined();
    expect(take("U1", at(60))).toBe(1_000);
  });

  it("does not count a refused try", () => {
    const take = createTurns();
    for (const second of [0, 0, 0, 0, 0, 1, 2, 3, 4]) take("U1", at(second));
    expect(take("U1", at(60))).toBeUndefined();
  });

  it("counts each person separately", () => {
    const take = createTurns();
    for (const _ of [1, 2, 3, 4, 5]) take("U1", at(0));
    expect(take("U2", at(0))).toBeUndefined();
    expect(take("U1", at(0))).toBe(60_000);
  });

  it("does not block for longer than a minute when the clock was set back", () => {
    const turns = [9e12, 9e12, 9e12, 9e12, 9e12];
    expect(takeTurn(turns, 1_000)).toEqual({ ok: false, freeInMs: 60_000 });
  });
});

describe("the answer to a person without a free turn", () => {
  it.each([
    [60_000, "60 seconds"],
    [1_001, "2 seconds"],
    [1_000, "1 second"],
    [0, "1 second"],
  ])("gives %i ms in whole seconds, and never zero", (freeInMs, wait) => {
    expect(waitSentence(freeInMs)).toBe(`You made five checks or renewals within a minute. Try again in ${wait}.`);
  });
});
