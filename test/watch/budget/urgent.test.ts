import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import type { Expiry } from "../../../src/token/expiry.ts";
import { urgentFrom } from "../../../src/watch/budget/urgent.ts";
import { after, anAlert, aVerdict, NOW } from "../../support/builders.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const endsAfter = (ms: number): Expiry => ({ kind: "at", at: after(ms) });
const opened = (ms: number, fields: Partial<Alert> = {}): Alert => anAlert({ openedAt: after(ms), ...fields });

describe("a watch is urgent", () => {
  it.each<[string, Expiry, Alert | null, number | null]>([
    ["from three days before the end of its token", endsAfter(10 * DAY), null, 7 * DAY],
    ["on its last day", endsAfter(MINUTE), null, MINUTE - 3 * DAY],
    ["but not after the end", endsAfter(-1), null, null],
    ["but not for a token without an end", { kind: "never" }, null, null],
    ["but not for an end that nobody knows", { kind: "not_known" }, null, null],
    ["with a new problem", { kind: "never" }, opened(0), 0],
    ["with a problem of today", { kind: "never" }, opened(1 - DAY), 1 - DAY],
    ["but not with a problem of yesterday", { kind: "never" }, opened(-DAY), null],
    ["but not with a resolved problem", { kind: "never" }, opened(-MINUTE, { resolvedAt: NOW }), null],
    ["from the earlier of two reasons", endsAfter(2 * DAY), opened(-MINUTE), -DAY],
  ])("%s", (_name, expiry, alert, from) => {
    const state = { verdict: aVerdict({ token: { expiry } }), alert };
    expect(urgentFrom(state, NOW)).toEqual(from === null ? null : after(from));
  });

  it("not without a verdict or an alert", () => {
    expect(urgentFrom({ verdict: null, alert: null }, NOW)).toBeNull();
  });
});
