import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTarget, targetValue } from "../../../../src/slack/messages/alert/target.ts";
import { LIMITS } from "../../../../src/slack/kit/blocks.ts";
import type { Target } from "../../../../src/watch/ports.ts";
import { NOW } from "../../../support/builders.ts";

const target: fc.Arbitrary<Target> = fc.record({
  kind: fc.constantFrom("alert" as const, "message" as const),
  id: fc.uuid(),
});

describe("what a button is about", () => {
  it("is read as it was written, within the length that Slack allows", () => {
    const instant = fc.option(fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }), {
      nil: undefined,
    });
    fc.assert(
      fc.property(target, instant, (about, at) => {
        const value = targetValue(about, at);
        expect(readTarget(value)).toEqual({ target: about, at });
        expect(value.length).toBeLessThan(LIMITS.buttonValue);
      }),
    );
  });

  it.each<[string, Target, Date | undefined]>([
    ["alert-1", { kind: "alert", id: "alert-1" }, undefined],
    ["message:group-1", { kind: "message", id: "group-1" }, undefined],
    [`message:group-1 ${NOW.toISOString()}`, { kind: "message", id: "group-1" }, NOW],
  ])("%s is one target", (value, about, at) => {
    expect(readTarget(value)).toEqual({ target: about, at });
  });

  it.each([
    "",
    " ",
    "message:group-1 soon",
    `message:group-1 ${NOW.toISOString()} more`,
    "alert-0 alert-1",
    "message:g ",
  ])("%j is no target: it is an unknown alert, and no press", (value) => {
    expect(readTarget(value)).toEqual({ target: { kind: "alert", id: value }, at: undefined });
  });

  it("never throws, for any value of a button", () => {
    const isShorter = (value: string): boolean => readTarget(value).target.id.length <= value.length;
    expect(fc.check(fc.property(fc.string(), isShorter)).failed).toBe(false);
  });
});
