import { describe, expect, it } from "vitest";
import { slackPlainText } from "../../src/slack/kit/spans.ts";
import { titleOf } from "../../src/slack/check/verdict/title.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { aFailure, after, aFinding, anExpiring, anUnknown, aVerdict, NOW } from "../support/builders.ts";

const DAY = 86_400_000;

const phone = { kind: "phone", id: "1002", name: null, reach: "reached", sending: null, failure: null } as const;
const waba = { ...phone, kind: "waba", id: "1001" } as const;
const unread = { reach: "not_known", failure: aFailure() } as const;
/** With both IDs read. */
const read = (fields: Parameters<typeof aVerdict>[0] = {}): Verdict => aVerdict({ assets: [phone, waba], ...fields });
const ending = (ms: number) => ({ token: { expiry: { kind: "at", at: after(ms) } } }) as const;
const title = (verdict: Verdict, typed = false): string =>
  slackPlainText(titleOf({ verdict, typed, now: NOW }), () => "now");

describe("the first line of a result", () => {
  it.each<[string, Verdict, boolean?]>([
    ["✅ Healthy: works and never expires", read()],
    ["✅ Healthy: works, and ends in 90 days", read(ending(90 * DAY))],
    [
      "✅ Healthy: works, expiry date not known, not everything checked",
      read({ token: { expiry: { kind: "not_known" } } }),
    ],
    ["✅ Healthy: works and never expires, not everything checked", aVerdict()],
    ["✅ Healthy: works and never expires, with a warning", read({ findings: [aFinding("not_registered")] })],
    [
      "✅ Healthy: works and never expires, with 2 warnings",
      read({ findings: [aFinding("not_registered"), aFinding("other_account")] }),
    ],
    ["❔ Alive, not fully checked: phone number not checked", aVerdict({ assets: [{ ...phone, ...unread }, waba] })],
    [
      "❔ Alive, not fully checked: phone number and WhatsApp account not checked",
      aVerdict({
        assets: [
          { ...phone, ...unread },
          { ...waba, ...unread },
        ],
      }),
    ],
    ["❔ Alive, reach not tested: give an ID to test it", aVerdict(), true],
    ["⏳ Expiring: works, and ends in 5 days", anExpiring("7d", after(5 * DAY))],
    ["⏳ Expiring: still works, but its expiry date has passed", anExpiring("1d", after(-DAY))],
    ["⚠️ Degraded: lacks 1 permission", read({ findings: [aFinding("scope_missing", { objects: ["a"] })] })],
    ["⚠️ Degraded: lacks 2 permissions", read({ findings: [aFinding("scope_missing", { objects: ["a", "b"] })] })],
    ["⚠️ Degraded: belongs to another app", read({ findings: [aFinding("wrong_app")] })],
    ["⚠️ Degraded: Meta blocked the app", read({ findings: [aFinding("app_blocked")] })],
    ["⚠️ Degraded: cannot use the phone number", read({ findings: [aFinding("phone_unreachable")] })],
    ["⚠️ Degraded: cannot use the WhatsApp account", read({ findings: [aFinding("waba_unreachable")] })],
    ["⚠️ Degraded: Meta blocks sending", read({ findings: [aFinding("sending_blocked")] })],
    ["⛔ Expired: no longer works", read({ findings: [aFinding("expired")] })],
    ["⛔ Expired: no longer works, expired 2 days ago", read({ findings: [aFinding("expired")], ...ending(-2 * DAY) })],
    ["⛔ Revoked: no longer works", read({ findings: [aFinding("revoked")] })],
    ["⛔ Invalid: Meta does not accept it", read({ findings: [aFinding("invalid")] })],
    ["⛔ Invalid: this is not a token", read({ findings: [aFinding("not_a_token")] })],
    ["❔ Unknown: Meta did not answer", anUnknown()],
    ["❔ Unknown: Meta limits how often it answers", anUnknown({ kind: "throttled" })],
    [
      "❔ Unknown: Meta refuses the app ID or app secret in the bot's configuration",
      anUnknown({ kind: "misconfigured" }),
    ],
    ["❔ Unknown: Meta has blocked or deleted the app", anUnknown({ kind: "app_blocked" })],
    ["❔ Unknown: Meta's answer could not be read", anUnknown({ kind: "malformed" })],
    ["❔ Unknown: the token could not be read", anUnknown({ kind: "unreadable" })],
  ])("%s", (said, verdict, typed) => {
    expect(title(verdict, typed)).toBe(said);
  });
});
