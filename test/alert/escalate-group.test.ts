import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/alert/alert.ts";
import type { EscalationMessage } from "../../src/alert/escalate.ts";
import { escalateGroup } from "../../src/alert/escalate-group.ts";
import { aFinding, after, anAlert, anEscalation, aVerdict, NOW } from "../support/builders.ts";

const HOUR = 3_600_000;
const escalated: EscalationMessage = {
  id: "n",
  kind: "escalation",
  routes: ["C0000000009"],
  body: null,
  alerts: ["alert-1"],
  severity: "critical",
  at: NOW,
};
const member = (fields: Partial<Alert> = {}): Alert =>
  anAlert({ verdict: aVerdict({ findings: [aFinding("revoked")] }), criticalSince: after(-1), ...fields });

const changeOf = (alert: Alert) => escalateGroup([escalated], anEscalation(), NOW)?.(alert);

describe("the members of a group whose alert escalates", () => {
  it("escalate with it before their own time, each with a reply and a line of history, in one message", () => {
    expect(changeOf(member())).toMatchObject({
      alert: { escalatedAt: NOW, revision: 2 },
      at: NOW,
      replies: [{ reason: "escalated", notice: false }],
      messages: [],
      history: [{ reason: "escalated", by: null }],
    });
  });

  it.each<[string, Partial<Alert>]>([
    ["are acknowledged", { acknowledged: { by: "U1", at: NOW } }],
    ["are snoozed", { snoozed: { by: "U1", at: NOW, until: after(HOUR), reason: "later" } }],
    ["have escalated already", { escalatedAt: NOW }],
    ["are warnings", { severity: "warning" }],
    ["are resolved", { resolvedAt: NOW }],
    ["are not in Slack yet", { acceptedAt: null }],
  ])("do not escalate when they %s", (_, fields) => {
    expect(changeOf(member(fields))).toBeUndefined();
  });

  it("do not change without an escalation", () => {
    expect(escalateGroup([], anEscalation(), NOW)).toBeUndefined();
  });
});
