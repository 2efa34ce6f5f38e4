import { expect, it } from "vitest";
import { causeText } from "../../../src/slack/verdict/cause.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import { aFinding, after, anUnknown, aVerdict, NOW } from "../../support/builders.ts";

const show = (at: Date): string => at.toISOString().slice(0, 10);
const told = (verdict: Verdict, past = false): string => causeText(verdict, { show, past });
const dateless = { expiry: { kind: "not_known" } } as const;

it.each<[string, Verdict, string, string]>([
  [
    "all is well",
    aVerdict(),
    "is alive and can do what is asked of it here",
    "was alive and could do what was asked of it here",
  ],
  [
    "the end is not known",
    aVerdict({ token: dateless, findings: [aFinding("expiry_not_known")] }),
    "is alive and works here, but when it ends is not known",
    "was alive and worked here, but when it ends is not known",
  ],
  [
    "some calls gave no answer",
    aVerdict({ token: { scopes: null } }),
    "is alive and nothing wrong was found, but not everything could be checked",
    "was alive and nothing wrong was found, but not everything could be checked",
  ],
  [
    "neither is known",
    aVerdict({ token: { ...dateless, scopes: null } }),
    "is alive and nothing wrong was found, but when it ends is not known, and not everything could be checked",
    "was alive and nothing wrong was found, but when it ends is not known, and not everything could be checked",
  ],
])("a healthy token: %s", (_what, verdict, now, before) => {
  expect(told(verdict)).toBe(`The token ${now}.`);
  expect(told(verdict, true)).toBe(`The token ${before}.`);
});

it("is what makes the state, with when that was proved, whatever stands first", () => {
  const late = aFinding("expires_soon", { severity: "critical" });
  const away = aFinding("phone_unreachable", { message: "Out of reach.", notRecheckedSince: NOW });
  const verdict = aVerdict({ findings: [late, away] });
  expect(told(verdict)).toBe("Out of reach. Not re-checked since 2026-11-22.");
  expect(told(verdict, true)).toBe("At the last answer: Out of reach. Not re-checked since 2026-11-22.");
});

it.each([
  [
    "GET /debug_token was not answered. This says nothing about the token; it is asked again at the next check.",
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
  expect(told(aVerdict({ findings: [aFinding(code)], token: { expiry: { kind: "at", at } } }))).toBe(sentence);
  expect(told(aVerdict({ findings: [aFinding(code)], token: dateless }))).toBe(`A sentence about ${code}.`);
});
