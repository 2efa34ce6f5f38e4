import { describe, expect, it } from "vitest";
import { createWatchTurns } from "../../../../src/slack/messages/alert/check-pause.ts";
import { after } from "../../../support/builders.ts";

describe("a check by the button", () => {
  it("is possible once in 30 seconds for each watch, for all people together", () => {
    const take = createWatchTurns();
    expect(take("orders-prod", after(0))).toBeUndefined();
    expect(take("orders-prod", after(1_000))).toBe(29_000);
    expect(take("support", after(1_000))).toBeUndefined();
    expect(take("orders-prod", after(29_999))).toBe(1);
    expect(take("orders-prod", after(30_000))).toBeUndefined();
  });

  it("does not wait longer because the clock was set back", () => {
    const take = createWatchTurns();
    take("orders-prod", after(86_400_000));
    expect(take("orders-prod", after(0))).toBe(30_000);
  });
});
