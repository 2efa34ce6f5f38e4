import { describe, expect, it } from "vitest";
import { SNOOZE_REASON, SNOOZE_UNTIL } from "../../../../src/slack/messages/alert/ids.ts";
import { readSnooze } from "../../../../src/slack/messages/alert/read-snooze.ts";
import { after, NOW } from "../../../support/builders.ts";
import { fakeToken } from "../../../support/fake-token.ts";

const read = (until: string | undefined, reason: string | undefined) =>
  readSnooze(
    [
      { blockId: SNOOZE_UNTIL, value: until },
      { blockId: SNOOZE_REASON, value: reason },
    ],
    NOW,
  );

describe("the snooze form", () => {
  it("returns the end and the reason, without spaces around it", () => {
    expect(read("1h", "  on it \n")).toEqual({ ok: true, until: after(3_600_000), reason: "on it" });
  });

  it("accepts a reason of 300 characters and no longer one", () => {
    expect(read("1h", "x y ".repeat(75))).toMatchObject({ ok: true });
    expect(read("1h", "x y".repeat(101))).toMatchObject({ ok: false, field: SNOOZE_REASON });
  });

  it.each([
    ["no time", undefined, "why", SNOOZE_UNTIL],
    ["a time that nobody offered", "9y", "why", SNOOZE_UNTIL],
    ["a time that has passed meanwhile", "2026-11-22T07:59:59.000Z", "why", SNOOZE_UNTIL],
    ["no reason", "1h", undefined, SNOOZE_REASON],
    ["nothing but space as a reason", "1h", " \t ", SNOOZE_REASON],
  ])("refuses %s at its field", (_name, until, reason, field) => {
    expect(read(until, reason)).toMatchObject({ ok: false, field });
  });

  it("refuses a token as a reason and never repeats it", () => {
    const token = fakeToken("reason");
    const reading = read("1h", `new one: ${token}`);
    expect(reading).toMatchObject({ ok: false, field: SNOOZE_REASON });
    expect(JSON.stringify(reading)).not.toContain(token.slice(3, 20));
  });

  it("refuses a form without its fields", () => {
    expect(readSnooze([], NOW)).toMatchObject({ ok: false });
  });
});
