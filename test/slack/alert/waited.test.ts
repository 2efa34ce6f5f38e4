import { describe, expect, it } from "vitest";
import { waitedText } from "../../../src/slack/alert/waited.ts";
import type { Alert } from "../../../src/watch/alert.ts";
import { escalatesAt } from "../../../src/watch/escalate.ts";
import { after, anAlert, anEscalation, NOW } from "../../support/builders.ts";

const HOUR = 3_600_000;
const long = { severity: "critical", criticalSince: after(-9 * HOUR), acceptedAt: after(-9 * HOUR) } as const;

describe("how long nobody answered", () => {
  it.each<[string, Partial<Alert>]>([
    ["it became critical", { criticalSince: NOW }],
    ["Slack accepted its message", { acceptedAt: NOW }],
    ["a snooze ended", { snoozed: { by: "U0BEN", at: after(-HOUR), until: NOW, reason: "x" } }],
  ])("counts like the rule that escalates, from when %s", (_name, fields) => {
    const alert = anAlert({ ...long, ...fields });
    const at = escalatesAt(alert, anEscalation({ afterMs: 2 * HOUR }), NOW);
    expect(at).toEqual(after(2 * HOUR));
    expect(waitedText(alert, after(2 * HOUR))).toBe(" for 2 hours");
  });

  it.each<[string, Partial<Alert>]>([
    ["an alert that is not critical any more", { criticalSince: null }],
    ["one that Slack does not have", { acceptedAt: null }],
    ["one that became critical later", { criticalSince: after(1) }],
  ])("is not said of %s", (_name, fields) => {
    expect(waitedText(anAlert({ ...long, ...fields }), NOW)).toBe("");
  });
});
