import { expect, it } from "vitest";
import { causeText } from "../../../src/slack/verdict/cause.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import { aFailure, aFinding, after, anUnknown, aVerdict, NOW } from "../../support/builders.ts";

const show = (at: Date): string => at.toISOString().slice(0, 10);
const told = (verdict: Verdict, past = false): string => causeText(verdict, { show, past });
const dateless = { expiry: { kind: "not_known" } } as const;
const phone = { kind: "phone", id: "1002", name: null, reach: "reached", sending: null, failure: null } as const;
const unread = { ...phone, reach: "not_known", failure: aFailure() } as const;
const waba = { ...phone, kind: "waba", id: "1001" } as const;
/** With both ids reached. */
const read = (fields: Parameters<typeof aVerdict>[0] = {}): Verdict => aVerdict({ assets: [phone, waba], ...fields });
const PARTLY = "alive and nothing wrong was found, but not everything was checked:";

it.each<[string, Verdict, string, string]>([
  ["all is well", read(), "is alive and passed every check made here", "was alive and passed every check made here"],
  [
    "the end is not known",
    read({ token: dateless, findings: [aFinding("expiry_not_known")] }),
    `is ${PARTLY} when it ends`,
    `was ${PARTLY} when it ends`,
  ],
  [
    "some calls gave no answer",
    read({ token: { scopes: null } }),
    `is ${PARTLY} its permissions`,
    `was ${PARTLY} its permissions`,
  ],
  [
    "neither is known",
    read({ token: { ...dateless, scopes: null } }),
    `is ${PARTLY} when it ends; its permissions`,
    `was ${PARTLY} when it ends; its permissions`,
  ],
  [
    "a number was not read",
    read({ assets: [unread, waba], findings: [aFinding("reach_not_checked")] }),
    `is ${PARTLY} the phone number 1002 (Meta did not answer)`,
    `was ${PARTLY} the phone number 1002 (Meta did not answer)`,
  ],
  [
    "no id is set",
    aVerdict(),
    `is ${PARTLY} whether it reaches a phone number or WhatsApp account (no id is set)`,
    `was ${PARTLY} whether it reaches a phone number or WhatsApp account (no id is set)`,
  ],
  [
    "only the number's id is set",
    read({ assets: [phone] }),
    `is ${PARTLY} whether it reaches a WhatsApp account (no id is set)`,
    `was ${PARTLY} whether it reaches a WhatsApp account (no id is set)`,
  ],
  [
    "a warning",
    read({ findings: [aFinding("not_registered"), aFinding("other_account")] }),
    "is alive. Warning: the phone number is not registered; the phone number belongs to another WhatsApp account",
    "was alive. Warning: the phone number is not registered; the phone number belongs to another WhatsApp account",
  ],
])("a healthy token: %s", (_what, verdict, now, before) => {
  expect(told(verdict)).toBe(`The token ${now}.`);
  expect(told(verdict, true)).toBe(`The token ${before}.`);
});

it("is what makes the state, with when that was proved, whatever stands first", () => {
  const late = aFinding("expires_soon", { severity: "critical" });
  const away = aFinding("phone_unreachable", { message: "Out of reach.", notRecheckedSince: NOW });
  const verdict = read({ findings: [late, away] });
  expect(told(verdict)).toBe("Out of reach. Not re-checked since 2026-11-22.");
  expect(told(verdict, true)).toBe("At the last answer: Out of reach. Not re-checked since 2026-11-22.");
});

it.each([
  [
    "GET /debug_token was not answered. This says nothing about the token; the bot asks again at the next check.",
    "GET /debug_token was not answered.",
  ],
  ["The file is empty.", "The file is empty."],
])("says once that no answer says nothing about the token (%#)", (message, rest) => {
  expect(told(anUnknown({ message }))).toBe(`We could not find out, and this says nothing about the token. ${rest}`);
});

it.each([
  ["expires_soon", after(86_400_000), "The token ends 2026-11-23."],
  ["expires_soon", after(-86_400_000), "The token's date has passed (2026-11-21), though Meta still accepts it."],
  ["expired", after(-86_400_000), "The token expired 2026-11-21."],
] as const)("dates %s as the dates around it", (code, at, sentence) => {
  expect(told(read({ findings: [aFinding(code)], token: { expiry: { kind: "at", at } } }))).toBe(sentence);
  expect(told(read({ findings: [aFinding(code)], token: dateless }))).toContain(`A sentence about ${code}.`);
});

it("an alive token that is degraded says what was not checked as well", () => {
  const verdict = read({ findings: [aFinding("sending_blocked")], assets: [phone, { ...unread, kind: "waba" }] });
  expect(told(verdict)).toBe(
    "A sentence about sending_blocked. Not checked: the WhatsApp account 1002 (Meta did not answer).",
  );
});

it("a blocked app is no mere lack of an answer", () => {
  const message = "Meta has blocked the app 1. A new token does not help.";
  const said = told(anUnknown({ kind: "app_blocked", message }));
  expect(said).toMatch(/^Meta has blocked the app 1\./);
  expect(said).not.toMatch(/nothing about the token|could not find out/);
});
