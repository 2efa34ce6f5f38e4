import { expect, it } from "vitest";
import { causeOf } from "../../../../src/slack/check/verdict/cause.ts";
import { mrkdwnText } from "../../../../src/slack/kit/spans.ts";
import type { Verdict } from "../../../../src/token/verdict.ts";
import { aFailure, aFinding, after, anUnknown, aVerdict, NOW } from "../../../support/builders.ts";

const show = (at: Date): string => at.toISOString().slice(0, 10);
const told = (verdict: Verdict, past = false): string => mrkdwnText(causeOf(verdict, past), show);
const dateless = { expiry: { kind: "not_known" } } as const;
const phone = { kind: "phone", id: "1002", name: null, reach: "reached", sending: null, failure: null } as const;
const unread = { ...phone, reach: "not_known", failure: aFailure() } as const;
const waba = { ...phone, kind: "waba", id: "1001" } as const;
/** With both ids reached. */
const read = (fields: Parameters<typeof aVerdict>[0] = {}): Verdict => aVerdict({ assets: [phone, waba], ...fields });

it.each<[string, Verdict, string, string]>([
  ["all is well", read(), "works and has every permission it needs", "worked and had every permission it needed"],
  [
    "the end is not known",
    read({ token: dateless, findings: [aFinding("expiry_not_known")] }),
    `works. Not checked: the expiry date`,
    `worked. Not checked: the expiry date`,
  ],
  [
    "some calls gave no answer",
    read({ token: { scopes: null } }),
    `works. Not checked: the permissions`,
    `worked. Not checked: the permissions`,
  ],
  [
    "neither is known",
    read({ token: { ...dateless, scopes: null } }),
    `works. Not checked: the expiry date; the permissions`,
    `worked. Not checked: the expiry date; the permissions`,
  ],
  [
    "a number was not read",
    read({ assets: [unread, waba], findings: [aFinding("reach_not_checked")] }),
    `works. Not checked: the phone number \`1002\` (Meta did not answer)`,
    `worked. Not checked: the phone number \`1002\` (Meta did not answer)`,
  ],
  [
    "no id is set",
    aVerdict(),
    `works. Not checked: whether the token reaches a phone number or WhatsApp account (no ID is set)`,
    `worked. Not checked: whether the token reaches a phone number or WhatsApp account (no ID is set)`,
  ],
  [
    "only the number's id is set",
    read({ assets: [phone] }),
    `works. Not checked: whether the token reaches a WhatsApp account (no ID is set)`,
    `worked. Not checked: whether the token reaches a WhatsApp account (no ID is set)`,
  ],
  [
    "a warning",
    read({ findings: [aFinding("not_registered"), aFinding("other_account")] }),
    "works and has every permission it needs. Warning: the phone number is not registered; the phone number belongs to another WhatsApp account",
    "worked and had every permission it needed. Warning: the phone number is not registered; the phone number belongs to another WhatsApp account",
  ],
])("a healthy token: %s", (_what, verdict, now, before) => {
  expect(told(verdict)).toBe(`The token ${now}.`);
  expect(told(verdict, true)).toBe(`The token ${before}.`);
});

it("is the reason of the state, with its time, in any order of findings", () => {
  const late = aFinding("expires_soon", { severity: "critical" });
  const away = aFinding("phone_unreachable", { objects: ["1002"], notRecheckedSince: NOW });
  const verdict = read({ findings: [late, away] });
  const said =
    "This token cannot reach the phone number `1002`. Meta says that a permission for it is missing. Not re-checked since 2026-11-22.";
  expect(told(verdict)).toBe(said);
  expect(told(verdict, true)).toBe(`Last answer from Meta: ${said}`);
});

it.each(["GET /debug_token was not answered in time.", "The file is empty."])(
  "says once that a missing answer shows nothing about the token (%s)",
  (message) => {
    expect(told(anUnknown({ message }))).toBe(`${message} This says nothing about the token.`);
  },
);

it.each([
  ["expires_soon", after(86_400_000), "The token expires 2026-11-23.", "The token expires soon."],
  [
    "expires_soon",
    after(-86_400_000),
    "The token's expiry date has passed (2026-11-21), but Meta still accepts the token.",
    "The token expires soon.",
  ],
  ["expired", after(-86_400_000), "The token expired 2026-11-21.", "The token has expired."],
] as const)("dates %s as the dates around it", (code, at, sentence, withoutFacts) => {
  const facts = { kind: "end", at, past: at < NOW } as const;
  expect(told(read({ findings: [aFinding(code, { facts })], token: { expiry: { kind: "at", at } } }))).toBe(sentence);
  expect(told(read({ findings: [aFinding(code)], token: { expiry: { kind: "at", at } } }))).toBe(withoutFacts);
});

it("an alive token that is degraded says what was not checked as well", () => {
  const blocked = aFinding("sending_blocked", { objects: ["1002"] });
  const verdict = read({ findings: [blocked], assets: [phone, { ...unread, kind: "waba", id: "1001" }] });
  expect(told(verdict)).toBe(
    "The token itself works, but Meta blocks sending for the phone number `1002`. Not checked: the WhatsApp account `1001` (Meta did not answer).",
  );
});

it("a blocked app is more than a missing answer", () => {
  const message = "Meta has blocked the app 1. A new token does not help.";
  const said = told(anUnknown({ kind: "app_blocked", message }));
  expect(said).toMatch(/^Meta has blocked the app 1\./);
  expect(said).not.toMatch(/nothing about the token|could not find out/);
});
