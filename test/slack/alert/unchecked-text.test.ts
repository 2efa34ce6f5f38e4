import { describe, expect, it } from "vitest";
import { alertLine } from "../../../src/slack/alert/alert-line.ts";
import { alertLines } from "../../../src/slack/alert/alert-text.ts";
import { alertMessage } from "../../../src/slack/alert/alert-view.ts";
import { replyText } from "../../../src/slack/alert/reply-view.ts";
import { groupMessage } from "../../../src/slack/group/group-view.ts";
import { historyLine } from "../../../src/slack/history/history-line.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import type { Alert, Reason } from "../../../src/watch/alert.ts";
import { aCard, aFailure, aFinding, after, anAlert, aVerdict, NOW } from "../../support/builders.ts";

const PHONE = "100000000002001";
const failure = aFailure({ message: "Meta did not answer." });
const notRead = (readAt: Date | null): Verdict =>
  aVerdict({
    assets: [
      {
        kind: "phone",
        id: PHONE,
        name: null,
        reach: "not_known",
        sending: null,
        failure,
        unread: { since: NOW, tries: 4, readAt, lasting: true },
      },
    ],
  });
const aboutIds = (readAt: Date | null = null, fields: Partial<Alert> = {}): Alert =>
  anAlert({ kind: "not_checked", verdict: notRead(readAt), ...fields });
const blocked = (verdict: Verdict | null, fields: Partial<Alert> = {}): Alert =>
  anAlert({
    kind: verdict === null ? "not_checked" : "problem",
    severity: "critical",
    verdict,
    failing: {
      failure: aFailure({ kind: "app_blocked", message: "Meta blocks the app (code 200: API access blocked)." }),
      since: NOW,
      tries: 2,
    },
    ...fields,
  });
const textOf = (alert: Alert): string => alertLines(alert, "UTC").join("\n");
const replyOf = (alert: Alert, reason: Reason): string =>
  replyText(alert, { reason, at: after(0), notice: true, verdict: alert.verdict, by: null }, "UTC");

describe("an alert about ids that were not read", () => {
  it("says that the token is alive, which id was never read, and why", () => {
    const text = textOf(aboutIds());
    expect(text).toMatch(/^Warning: \*orders-prod\* is not fully checked\. The token is alive\.\n/);
    expect(text).toContain(`Number ${PHONE} was never read: Meta did not answer.`);
    expect(text).not.toMatch(/healthy|could not be checked|dead/i);
  });

  it("says since when, where it was read before", () => {
    expect(textOf(aboutIds(NOW))).toMatch(/Number 100000000002001 was not read since .*22 Nov 2026.*: Meta did not/);
  });

  it("takes the advice of the finding, where there is one", () => {
    const finding = aFinding("reach_not_checked", { remedy: "Turn off the rule." });
    expect(textOf(aboutIds(null, { verdict: { ...notRead(null), findings: [finding] } }))).toContain(
      "What to do: Turn off the rule.",
    );
  });

  it.each<[Reason, RegExp]>([
    ["stale", /Not read: number 100000000002001 \(Meta did not answer\)\./],
    ["snooze_over", /^<@U0123456789> The snooze is over: \*orders-prod\*\. Open since .* Number 100000000002001/],
  ])("has words for the reply %s", (reason, words) => {
    expect(replyOf(aboutIds(), reason)).toMatch(words);
  });

  it("leaves what was not read in the message of a problem that is over", () => {
    const over = anAlert({ verdict: notRead(NOW), resolvedAt: after(0), resolution: "recovered" });
    const text = textOf(over);
    expect(text).toMatch(/^Fixed: \*orders-prod\*\. The token is alive again\./);
    expect(text).toContain(`Not read: number ${PHONE} (Meta did not answer).`);
  });

  it("is named in a group, in its headline and its lines", () => {
    const alerts = [1, 2].map((index) => aboutIds(null, { id: `a${index}`, card: aCard({ name: `shop-${index}` }) }));
    const group = { id: "g", openedAt: NOW, leftAt: null };
    const { text } = groupMessage(group, alerts, "UTC");
    expect(text).toMatch(/^Warning: 2 tokens of the app .* are alive, but not fully checked/);
    expect(text).toContain(`• *shop-1*: alive, not fully checked. Not read: number ${PHONE}`);
    const over = alerts.map((alert) => ({ ...alert, resolvedAt: after(0), resolution: "recovered" as const }));
    expect(groupMessage(group, over, "UTC").text).toMatch(
      /2 of them not fully checked\.\n.*\nAlive, not fully checked: \*shop-1\*, \*shop-2\*\./,
    );
  });

  it("stands in the history as what it is", () => {
    const person = { by: null, remark: null, until: null };
    const entry = {
      watch: "orders",
      at: NOW,
      alert: "a",
      from: "healthy",
      to: "healthy",
      evidence: null,
      ...person,
    } as const;
    const line = historyLine({ ...entry, reason: "not_checked", cause: "Not read." }, () => "now");
    expect(line).toBe("now · *orders*: Alive, not fully checked. Not read.");
  });
});

describe("an alert about an app that Meta blocked", () => {
  const generate = aFinding("revoked", { message: "It was revoked.", remedy: "Generate a new token." });
  it.each<[string, Alert]>([
    ["never answered before", blocked(null)],
    ["healthy before", blocked(aVerdict())],
    ["revoked before", blocked(aVerdict({ findings: [generate] }))],
  ])("%s: is critical, names the cause and sends nobody to make a token", (_, alert) => {
    const message = JSON.stringify(alertMessage(alert, "UTC"));
    expect(textOf(alert)).toMatch(
      /^Critical: \*orders-prod\* could not be checked, because Meta has blocked or deleted its app\./,
    );
    expect(message).toContain("<@U0123456789>");
    for (const text of [message, alertLine(alert, "UTC"), replyOf(alert, "worse"), replyOf(alert, "reminder")])
      expect(text).not.toMatch(/nothing is known to be wrong|generate|assign|Open guide/i);
    expect(replyOf(alert, "reminder")).toContain("(app blocked)");
    expect(replyOf(alert, "lasts")).toContain("Meta blocks the app");
  });

  it("is one of many in a group that names the app", () => {
    const alerts = [1, 2].map((index) => blocked(null, { id: `a${index}`, card: aCard({ appId: "42" }) }));
    const group = { id: "g", openedAt: NOW, leftAt: null };
    const { text } = groupMessage(group, alerts, "UTC");
    expect(text).toContain("Critical: Meta has blocked or deleted the app (app 42); 2 watches could not be checked.");
    expect(text).toContain("app blocked");
    expect(text).not.toMatch(/nothing is known to be wrong|generate|assign/i);
  });
});

describe("live reads that say that the app is blocked", () => {
  it("leave no other advice standing", () => {
    const findings = [
      aFinding("app_blocked", { remedy: "Open the App Dashboard." }),
      aFinding("expires_soon", { remedy: "Generate a new token." }),
    ];
    const text = textOf(anAlert({ verdict: aVerdict({ findings }) }));
    expect(text).toContain("1. Open the App Dashboard.");
    expect(text).not.toMatch(/generate|put the new one/i);
  });
});

describe("an alert that came back", () => {
  const back = (times: number, fields: Partial<Alert> = {}): Alert =>
    anAlert({ reopened: { times, at: after(0), told: false, endSaid: true }, ...fields });
  it("says how often, open and over, alone and in a list", () => {
    expect(textOf(back(1))).toMatch(/The problem was fixed and came back once since .*22 Nov 2026/);
    expect(textOf(back(3))).toContain("The problem was fixed and came back 3 times since");
    const over = back(3, { verdict: aVerdict(), resolvedAt: after(0), resolution: "recovered" });
    expect(textOf(over)).toContain("came back 3 times");
    expect(alertLine(back(3), "UTC")).toContain("degraded, came back 3 times");
  });

  it("calls people when it lasts", () => {
    expect(replyOf(back(2), "lasts")).toMatch(
      /^<@U0123456789> Came back and is still not fixed: \*orders-prod\* is degraded\. Open since/,
    );
  });
});
