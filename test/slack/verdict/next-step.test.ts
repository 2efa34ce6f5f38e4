import { describe, expect, it } from "vitest";
import { nextStep, unansweredStep } from "../../../src/slack/verdict/next-step.ts";
import type { FindingCode } from "../../../src/token/finding.ts";
import { aFinding, anEvidence, anUnknown, aVerdict } from "../../support/builders.ts";

const found = (...codes: readonly FindingCode[]) =>
  aVerdict({ findings: codes.map((code) => aFinding(code, { remedy: `Do ${code}.` })) });

describe("what to do about an answer", () => {
  it.each([
    ["an API Setup token", found("expires_soon", "temporary_token", "not_system_user"), "temporary_token", "step-1"],
    ["a person's token that ends", found("expires_soon", "not_system_user"), "not_system_user", "step-1"],
    ["a system user's token that ends", found("expires_soon"), "expires_soon", "never"],
    ["what makes the state", found("expires_soon", "scope_missing"), "scope_missing", "scopes"],
  ] as const)("follows %s", (_what, verdict, code, topic) => {
    expect(nextStep(verdict, true)).toEqual({ text: `Do ${code}.`, topic });
  });

  it.each([
    [368, "live"],
    [131_031, "live"],
    [190, "step-4"],
    [100, "account"],
  ] as const)("leads over code %i of a refused number to %s", (code, topic) => {
    const verdict = aVerdict({ findings: [aFinding("phone_unreachable", { evidence: anEvidence({ code }) })] });
    expect(nextStep(verdict, false).topic).toBe(topic);
  });
});

describe("what to do without an answer", () => {
  it.each([
    ["unreachable", null, false, "Try again in some minutes."],
    ["throttled", 25 * 60_000, false, "Try again in 25 minutes."],
    ["throttled", 24 * 60_000 + 1, false, "Try again in 25 minutes."],
    ["throttled", null, false, "Try again later."],
    ["malformed", null, false, "Try again in some minutes; if it lasts, check GRAPH_API_URL and GRAPH_API_VERSION."],
    ["misconfigured", null, false, "Fix the bot's configuration: the id and secret of the Meta app. Then check again."],
    ["unreadable", null, false, "Fix where the bot reads the token, then check again."],
    ["unreadable", null, true, "Copy the whole token again, then check it again."],
  ] as const)("%s, asked to wait %s ms, typed %s: %s", (kind, retryAfterMs, typed, text) => {
    expect(nextStep(anUnknown({ kind, retryAfterMs }), typed).text).toBe(text);
  });

  it.each([
    ["unreachable", undefined],
    ["throttled", undefined],
    ["malformed", undefined],
    ["misconfigured", "app-secret"],
    ["app_blocked", "app-blocked"],
    ["unreadable", "step-5"],
  ] as const)("a watch that is %s needs a person only where the configuration is wrong", (kind, topic) => {
    expect(unansweredStep({ kind, evidence: null }).topic).toBe(topic);
  });

  it.each([
    [5, /server IP allow-list/],
    [415, /two-factor authentication/],
    [2500, /GRAPH_API_VERSION/],
    [190, /id and secret of the Meta app/],
    [101, /id and secret of the Meta app/],
  ])("sends nobody after the app secret for another setting: code %i", (code, words) => {
    const failure = { kind: "misconfigured", evidence: anEvidence({ code }) } as const;
    expect(unansweredStep(failure).text).toMatch(words);
    expect(nextStep(anUnknown(failure), true).text).toMatch(words);
  });

  it("sends nobody after a token or a permission when Meta blocks the app", () => {
    const failure = { kind: "app_blocked", evidence: null } as const;
    for (const { text } of [unansweredStep(failure), nextStep(anUnknown(failure), true)])
      expect(text).toBe(
        "Open the app in the App Dashboard and read what Meta says about it there. A new token does not help.",
      );
  });

  it.each([
    [5, "allow-list"],
    [415, "two-factor"],
    [101, "app-secret"],
  ])("a configuration that Meta refuses with code %i leads to %s", (code, topic) => {
    const failure = { kind: "misconfigured", evidence: anEvidence({ code }) } as const;
    expect(unansweredStep(failure).topic).toBe(topic);
    expect(nextStep(anUnknown(failure), false).topic).toBe(topic);
  });
});
