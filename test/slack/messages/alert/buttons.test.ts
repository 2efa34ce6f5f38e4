import type { ActionsBlockElement } from "@slack/types";
import { describe, expect, it } from "vitest";
import { viewProblems } from "../../../../sandbox/slack/limits/view.ts";
import { alertButtons } from "../../../../src/slack/messages/alert/buttons.ts";
import { snoozeView } from "../../../../src/slack/messages/alert/snooze-view.ts";
import type { Alert } from "../../../../src/alert/alert.ts";
import { aCard, aFailure, aFinding, after, anAlert, anEvidence, aVerdict, NOW } from "../../../support/builders.ts";

const ONE = { kind: "alert", id: "alert-1" } as const;
const ANNA = { by: "U0ANNA", at: NOW };
const SNOOZED = { ...ANNA, until: after(3_600_000), reason: "on it" };

const elements = (alert: Alert): readonly ActionsBlockElement[] =>
  alertButtons(alert).flatMap((block) => block.elements);

const texts = (alert: Alert): readonly string[] =>
  elements(alert).map((element) => (element.type === "button" ? element.text.text : element.type));

const topicOf = (alert: Alert): string | undefined =>
  elements(alert).flatMap((element) =>
    element.type === "button" && element.action_id === "alert.guide" ? [element.value] : [],
  )[0];

const notChecked = (kind: "unreachable" | "misconfigured"): Alert =>
  anAlert({
    kind: "not_checked",
    verdict: null,
    failing: { failure: aFailure({ kind }), since: NOW, tries: 3 },
  });

describe("the buttons of an alert", () => {
  it.each<[string, Partial<Alert>, readonly string[]]>([
    ["open", {}, ["Acknowledge", "Snooze…", "Check now", "Open guide"]],
    ["acknowledged", { acknowledged: ANNA }, ["Undo acknowledgement", "Snooze…", "Check now", "Open guide"]],
    ["snoozed", { snoozed: SNOOZED }, ["Acknowledge", "Change snooze…", "End snooze", "Check now", "Open guide"]],
    ["over", { resolvedAt: NOW, resolution: "recovered" }, []],
    ["over and was acknowledged", { resolvedAt: NOW, resolution: "rotated", acknowledged: ANNA }, []],
  ])("that is %s are complete", (_name, fields, expected) => {
    expect(texts(anAlert(fields))).toEqual(expected);
  });

  it("carry the id of the alert", () => {
    const own = elements(anAlert({ id: "one-two", snoozed: SNOOZED })).slice(0, -1);
    expect(own).toHaveLength(4);
    for (const element of own) expect(element).toMatchObject({ value: "one-two" });
  });

  it.each<[string, Alert, string | undefined]>([
    ["an expired token", anAlert({ verdict: aVerdict({ findings: [aFinding("expired")] }) }), "expired"],
    ["a missing permission", anAlert({ verdict: aVerdict({ findings: [aFinding("scope_missing")] }) }), "scopes"],
    [
      "a restricted account",
      anAlert({
        verdict: aVerdict({ findings: [aFinding("phone_unreachable", { evidence: anEvidence({ code: 368 }) })] }),
      }),
      "live",
    ],
    ["our own credential", notChecked("misconfigured"), "app-secret"],
    ["what passes by itself", notChecked("unreachable"), undefined],
  ])("lead to the guide's topic for %s, with the ids of the watch", (_name, alert, topic) => {
    expect(topicOf(alert)).toBe(topic === undefined ? undefined : `${topic} orders-prod`);
  });
});

describe("the snooze form", () => {
  it("asks for the end and the reason, and holds its alert's id", () => {
    const view = snoozeView(ONE, [anAlert()], NOW, "UTC");
    expect(view).toMatchObject({ callback_id: "alert.snooze.form", private_metadata: "alert-1" });
    expect(JSON.stringify(view)).toContain("*orders-prod*");
    expect(JSON.stringify(view)).not.toContain("takes its place");
  });

  it("names the person whose snooze it replaces", () => {
    expect(JSON.stringify(snoozeView(ONE, [anAlert({ snoozed: SNOOZED })], NOW, "UTC"))).toContain(
      "Snoozed by <@U0ANNA>",
    );
  });

  it("is accepted by Slack with any names", () => {
    for (const name of ["", "<!channel>".repeat(900), "🚀".repeat(9_000)]) {
      const alert = anAlert({ card: aCard({ name }), snoozed: { ...SNOOZED, reason: name } });
      const view = snoozeView(ONE, [alert], NOW, "Pacific/Chatham");
      expect(viewProblems({ ...view }, "modal")).toEqual([]);
      expect(JSON.stringify(view)).not.toContain("<!channel>");
    }
  });
});
