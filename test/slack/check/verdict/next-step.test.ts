import { describe, expect, it } from "vitest";
import { slackText } from "../../../../src/slack/kit/spans.ts";
import { type NextStep, nextStep, unansweredStep } from "../../../../src/slack/check/verdict/next-step.ts";
import type { FindingCode } from "../../../../src/token/findings/finding.ts";
import { aFailure, aFinding, anEvidence, anUnknown, aVerdict } from "../../../support/builders.ts";

const found = (...codes: readonly FindingCode[]) => aVerdict({ findings: codes.map((code) => aFinding(code)) });

const told = ({ steps, topic }: NextStep) => ({ text: steps.map(slackText).join(" "), topic });

const REPLACE = "Save the new token where your app reads it. Restart the app if it reads the token only at start.";

describe("what to do about an answer", () => {
  it.each([
    [
      "an API Setup token",
      found("expires_soon", "temporary_token", "not_system_user"),
      `Generate a token for a system user. It lasts longer than a few hours. ${REPLACE}`,
      "step-1",
    ],
    [
      "a person's token that ends",
      found("expires_soon", "not_system_user"),
      `Generate a token for a system user of the business. ${REPLACE}`,
      "step-1",
    ],
    [
      "a system user's token that ends",
      found("expires_soon"),
      `Generate a new token for the system user before that date. Choose the expiration “Never” if Meta offers it. ${REPLACE}`,
      "never",
    ],
    [
      "what makes the state",
      found("expires_soon", "revoked"),
      "Generate a new token for the system user. Save the new token where your app reads it. Restart the app if it reads the token only at start. Afterwards: Find out who revoked the old token.",
      "expired",
    ],
  ] as const)("follows %s", (_what, verdict, text, topic) => {
    expect(told(nextStep(verdict, true))).toEqual({ text, topic });
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
    ["unreachable", null, false, "Try again in a few minutes."],
    ["throttled", 25 * 60_000, false, "Try again in 25 minutes."],
    ["throttled", 24 * 60_000 + 1, false, "Try again in 25 minutes."],
    ["throttled", null, false, "Try again later."],
    [
      "malformed",
      null,
      false,
      "Try again in a few minutes. If Meta still answers like this, check `GRAPH_API_URL` and `GRAPH_API_VERSION`.",
    ],
    [
      "misconfigured",
      null,
      false,
      "Correct the ID and secret of the Meta app in the bot's configuration. Then check again.",
    ],
    ["unreadable", null, false, "Correct the place where the bot reads the token, then check again."],
    ["unreadable", null, true, "Copy the whole token again. Then check again."],
  ] as const)("%s, asked to wait %s ms, typed %s: %s", (kind, retryAfterMs, typed, text) => {
    expect(told(nextStep(anUnknown({ kind, retryAfterMs }), typed)).text).toBe(text);
  });

  it.each([
    ["unreachable", undefined],
    ["throttled", undefined],
    ["malformed", undefined],
    ["misconfigured", "app-secret"],
    ["app_blocked", "app-blocked"],
    ["unreadable", "step-5"],
  ] as const)("a watch that is %s needs a person only where the configuration is wrong", (kind, topic) => {
    expect(unansweredStep(aFailure({ kind })).topic).toBe(topic);
  });

  it.each([
    [5, /server IP allow-list/],
    [415, /two-factor authentication/],
    [2500, /GRAPH_API_VERSION/],
    [190, /ID and secret of the Meta app/],
    [101, /ID and secret of the Meta app/],
  ])("does not mention the app secret for another setting: code %i", (code, words) => {
    const failure = aFailure({ kind: "misconfigured", evidence: anEvidence({ code }) });
    expect(told(unansweredStep(failure)).text).toMatch(words);
    expect(told(nextStep(anUnknown(failure), true)).text).toMatch(words);
  });

  it("suggests no token or permission when Meta blocks the app", () => {
    const failure = aFailure({ kind: "app_blocked" });
    for (const { text } of [told(unansweredStep(failure)), told(nextStep(anUnknown(failure), true))])
      expect(text).toBe(
        "Open the app in the App Dashboard and do what Meta asks for there. A new token does not help.",
      );
  });

  it.each([
    [5, "allow-list"],
    [415, "two-factor"],
    [101, "app-secret"],
  ])("a configuration that Meta refuses with code %i leads to %s", (code, topic) => {
    const failure = aFailure({ kind: "misconfigured", evidence: anEvidence({ code }) });
    expect(unansweredStep(failure).topic).toBe(topic);
    expect(nextStep(anUnknown(failure), false).topic).toBe(topic);
  });
});
