import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/alert/alert.ts";
import type { Finding } from "../../src/token/findings/finding.ts";
import { alertSteps, sharedSteps, stepSentence } from "../../src/words/alert-steps.ts";
import { words } from "../../src/words/words.ts";
import { aFailure, aFinding, after, anAlert, anEvidence, anExpiring, aVerdict } from "../support/builders.ts";
import { read } from "./support/read.ts";

const { renew, askToRenew } = words.alerts;
const alertOf = (...findings: readonly Finding[]): Alert => anAlert({ verdict: aVerdict({ findings }) });
const refused = (code: number) => aFinding("phone_unreachable", { evidence: anEvidence({ code }) });
const revokedBy = (subcode: number) => aFinding("revoked", { evidence: anEvidence({ code: 190, subcode }) });
const stepsOf = (alert: Alert) => alertSteps(alert, renew).map(read);

const PRESS = 'Press "Renew…", or ask an admin to do it.';
const FOLLOW = "Follow the steps in the renewal's message.";
const ALONE = [`1. ${PRESS}`, `2. ${FOLLOW}`];

describe("the steps of an alert while renewals from Slack are on", () => {
  it.each<[string, Alert, readonly string[]]>([
    ["expired", alertOf(aFinding("expired")), ALONE],
    ["revoked", alertOf(revokedBy(466)), [...ALONE, "Afterwards: Find out who revoked the old token."]],
    ["revoked with an account", alertOf(revokedBy(460)), ALONE],
    ["expiring", anAlert({ verdict: anExpiring("7d", after(86_400_000)) }), ALONE],
    [
      "without a permission",
      alertOf(aFinding("scope_missing", { objects: ["business_management"] })),
      [
        `1. ${PRESS}`,
        "2. Generate a new token that also has business_management. You cannot add a permission to an existing token.",
        `3. ${FOLLOW}`,
      ],
    ],
    [
      "invalid",
      alertOf(aFinding("invalid")),
      [
        `1. ${PRESS}`,
        "2. Copy the whole token again. If you no longer have it, generate a new one for the system user.",
        `3. ${FOLLOW}`,
      ],
    ],
    [
      "expired, while Meta blocks sending",
      alertOf(aFinding("expired"), aFinding("sending_blocked")),
      [
        `1. ${PRESS}`,
        "2. Open WhatsApp Manager and fix the problem that Meta shows there. A new token does not help.",
        `3. ${FOLLOW}`,
      ],
    ],
  ])("begin with Renew…: %s", (_name, alert, steps) => {
    expect(stepsOf(alert)).toEqual(steps);
  });

  it("stay in their order where a new token needs another step first", () => {
    expect(stepsOf(alertOf(refused(100)))).toEqual([
      expect.stringMatching(/^1\. Check the IDs of the phone number/),
      "2. Assign the WhatsApp account to the system user.",
      `3. ${PRESS}`,
      `4. ${FOLLOW}`,
    ]);
  });

  it.each<[string, Alert]>([
    ["Meta blocks sending", alertOf(aFinding("sending_blocked"))],
    ["Meta blocks the app", alertOf(aFinding("expired"), aFinding("app_blocked"))],
    ["a setting is wrong", alertOf(aFinding("wrong_app"))],
    ["the value is no token", alertOf(aFinding("not_a_token"))],
    [
      "checks fail",
      anAlert({ kind: "not_checked", verdict: null, failing: { failure: aFailure(), since: after(0), tries: 2 } }),
    ],
  ])("are the same as without renewals when %s", (_name, alert) => {
    expect(alertSteps(alert, renew)).toEqual(alertSteps(alert));
    expect(sharedSteps(alert, true)).toEqual(sharedSteps(alert));
    expect(stepSentence(alert, alert.verdict, renew)).toEqual(stepSentence(alert, alert.verdict));
  });

  it("name the menu in a group", () => {
    expect(sharedSteps(alertOf(revokedBy(466)), true).map(read)).toEqual([
      '1. Use "Renew…" for each watch, or ask an admin to do it.',
      `2. ${FOLLOW}`,
      "Afterwards: Find out who revoked the old tokens.",
    ]);
  });

  it("are one line in a reply", () => {
    const alert = alertOf(revokedBy(466));
    expect(stepSentence(alert, alert.verdict, renew).map(read)).toEqual([`What to do: ${PRESS} ${FOLLOW}`]);
  });

  it("ask an admin where the reader has no button", () => {
    expect(alertSteps(alertOf(aFinding("expired")), askToRenew).map(read)).toEqual([
      '1. Ask an admin to press "Renew…".',
      `2. ${FOLLOW}`,
    ]);
  });
});
