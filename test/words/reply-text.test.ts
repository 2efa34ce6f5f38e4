import { describe, expect, it } from "vitest";
import type { Alert, Reason, Reply } from "../../src/alert/alert.ts";
import { escalatesAt } from "../../src/alert/escalate.ts";
import { replyText, waitedText } from "../../src/words/reply-text.ts";
import {
  aCard,
  aFailure,
  aFinding,
  after,
  anAlert,
  anEscalation,
  anExpiring,
  aVerdict,
  NOW,
} from "../support/builders.ts";
import { read } from "./support/read.ts";

const HOUR = 3_600_000;
const T8 = "2026-11-22 08:00 UTC";
const expired = aVerdict({ findings: [aFinding("expired")] });
const failing = { failure: aFailure({ message: "Meta did not answer in time." }), since: NOW, tries: 4 };
const blocked = { ...failing, failure: aFailure({ kind: "app_blocked", message: "Meta blocks the app." }) };
const unanswered = { kind: "not_checked", verdict: null, failing } as const;
const waited = (ms: number) => ({ criticalSince: after(-ms), acceptedAt: after(-ms) });

const said = (reason: Reason, alert: Partial<Alert> = {}, word: Partial<Reply> = {}, link?: string): string =>
  read(replyText(anAlert(alert), { reason, at: NOW, notice: false, verdict: expired, by: null, ...word }, link));

const WHY =
  "The token has expired. What to do: Generate a new token for the system user. Save the new token where your app reads it. Restart the app if it reads the token only at start.";

describe("a reply in the thread of an alert", () => {
  it.each<[Reason, Partial<Alert>, string]>([
    ["first", {}, `orders-prod: expired. ${WHY}`],
    ["worse", {}, `orders-prod got worse: expired. ${WHY}`],
    ["better", {}, `orders-prod improved, but is not fixed. It is now expired. ${WHY}`],
    ["reopened", {}, `orders-prod: the problem came back (expired). ${WHY}`],
    [
      "lasts",
      {},
      `orders-prod: the problem came back and is still not fixed (expired). Alert open since ${T8}. ${WHY}`,
    ],
    ["snooze_over", {}, `The snooze ended. orders-prod is still not fixed: expired. Alert open since ${T8}. ${WHY}`],
    [
      "last_day",
      {},
      "Last day: orders-prod expires soon. What to do: Generate a new token for the system user. Save the new token where your app reads it. Restart the app if it reads the token only at start.",
    ],
    [
      "not_checked",
      unanswered,
      "orders-prod: not checked. Meta did not answer in time. What to do: Nothing. The bot checks again automatically.",
    ],
    [
      "stale",
      { failing },
      `Checks of orders-prod keep failing. Last answer from Meta: ${T8}. Checks have failed since ${T8}: Meta did not answer in time. The bot checks again automatically. The alert above shows the last answer from Meta. Its steps still apply.`,
    ],
    [
      "stale",
      { failing: blocked },
      `Checks of orders-prod keep failing. Last answer from Meta: ${T8}. Checks have failed since ${T8}: Meta blocks the app. What to do: Open the app in the App Dashboard and do what Meta asks for there. A new token does not help. The alert above shows the last answer from Meta. Its steps still apply.`,
    ],
    [
      "stale",
      {},
      `No check of orders-prod succeeded for some time, until ${T8}. The alert above shows a newer answer from Meta.`,
    ],
    [
      "recovered",
      { resolution: "recovered", verdict: aVerdict() },
      "orders-prod: fixed. The token works again. Token expires: never.",
    ],
    [
      "rotated",
      { resolution: "rotated", verdict: aVerdict(), before: { fingerprint: "b", expiry: { kind: "at", at: NOW } } },
      `orders-prod: fixed. The token was replaced. Token expires: never. Old expiry: ${T8}.`,
    ],
    [
      "unwatched",
      { resolution: "unwatched" },
      "orders-prod was removed from the watchlist. The problem may still exist, and this bot no longer checks the token.",
    ],
    ["escalated", {}, "Escalated to on-call: nobody responded to orders-prod."],
    ["escalated", waited(2 * HOUR), "Escalated to on-call: nobody responded to orders-prod within 2 hours."],
    ["escalated", { criticalSince: after(1) }, "Escalated to on-call: nobody responded to orders-prod."],
  ])("%s: in whole sentences, on one line", (reason, alert, text) => {
    expect(said(reason, alert)).toBe(text);
  });

  it.each<[string, Partial<Alert>, string]>([
    ["expired", { verdict: expired }, "expired"],
    ["not checked", unanswered, "not checked"],
    ["of a blocked app", { verdict: expired, failing: blocked }, "app blocked"],
  ])("reminds in one sentence, with a link to the message: %s", (_name, alert, state) => {
    const sentence = `Still not fixed: orders-prod (${state}), alert open since ${T8}.`;
    expect(said("reminder", alert)).toBe(sentence);
    expect(said("reminder", alert, {}, "https://acme.slack.com/p1")).toBe(
      `${sentence} Open the alert (https://acme.slack.com/p1)`,
    );
  });

  it("reports the verdict of its own change, not the latest one", () => {
    expect(said("worse", { verdict: aVerdict({ findings: [aFinding("revoked")] }) })).toContain("got worse: expired.");
  });

  it("names the last day by its date, which Slack writes as today or tomorrow", () => {
    const verdict = anExpiring("3d", after(24 * HOUR));
    const text = replyText(
      anAlert({ verdict }),
      { reason: "last_day", at: NOW, notice: true, verdict, by: null },
      undefined,
    );
    expect(read(text)).toMatch(
      /^Last day: orders-prod expires 2026-11-23 08:00 UTC\. What to do: Generate a new token/,
    );
    expect(text).toContainEqual({ kind: "date", at: after(24 * HOUR) });
  });

  it.each<Reason>(["first", "worse", "lasts", "last_day", "reminder", "snooze_over"])(
    "%s: while the app is blocked, it names the cause and asks for no token",
    (reason) => {
      for (const verdict of [expired, aVerdict(), null]) {
        const text = said(reason, { verdict, failing: blocked }, { verdict });
        expect(text).not.toMatch(/generate|assign|nothing is known/i);
        expect(reason === "last_day" || text.includes("app blocked")).toBe(true);
      }
    },
  );

  it.each<[Reason, string]>([
    ["acknowledged", "Taken by U0ANNA: orders-prod. No more reminders unless it gets worse."],
    ["unacknowledged", "orders-prod is open again: U0ANNA undid the acknowledgement. Reminders continue."],
    ["snoozed", "Snoozed by U0ANNA: orders-prod."],
    ["unsnoozed", "Snooze ended by U0ANNA: orders-prod. Reminders continue."],
    ["checked", "Checked by U0ANNA: orders-prod is still not fixed (expired)."],
  ])("names the person: %s", (reason, text) => {
    expect(said(reason, {}, { by: "U0ANNA" })).toBe(text);
    expect(said(reason)).toContain("somebody");
  });

  it.each<[string, Partial<Alert>]>([
    ["a warning", { severity: "warning" }],
    ["an expiry", { verdict: aVerdict({ findings: [aFinding("expires_soon")] }) }],
    ["an alert that is over", { resolvedAt: NOW, resolution: "recovered" }],
  ])("does not promise reminders for %s", (_name, alert) => {
    for (const reason of ["acknowledged", "unacknowledged", "unsnoozed"] as const)
      expect(said(reason, alert, { by: "U0ANNA" })).not.toMatch(/reminders/i);
  });

  it("does not promise reminders while the alert is still taken", () => {
    const acknowledged = { by: "U0BEN", at: NOW };
    expect(said("unsnoozed", { acknowledged }, { by: "U0ANNA" })).toBe("Snooze ended by U0ANNA: orders-prod.");
  });

  it("says that a check by button had no answer", () => {
    expect(said("checked", {}, { by: "U0ANNA", verdict: null })).toBe(
      "Checked by U0ANNA: Meta did not answer about orders-prod.",
    );
  });

  it("gives the end and the reason of a snooze, if no other snooze replaced it", () => {
    const snoozed = { by: "U0ANNA", at: NOW, until: after(HOUR), reason: "rotation\nis planned" };
    expect(said("snoozed", { snoozed }, { by: "U0ANNA" })).toBe(
      "Snoozed by U0ANNA: orders-prod, until 2026-11-22 09:00 UTC. Reason: “rotation is planned”",
    );
    const short = "Snoozed by U0BEN: orders-prod.";
    expect(said("snoozed", { snoozed }, { by: "U0BEN" })).toBe(short);
    expect(said("snoozed", { snoozed: { ...snoozed, at: after(1) } }, { by: "U0ANNA" })).not.toContain("rotation");
  });

  it("is left out after the end of the problem", () => {
    expect(said("worse", { resolvedAt: NOW, resolution: "recovered" })).not.toContain("What to do");
  });

  it("stays on one line, with any foreign text", () => {
    const card = aCard({ name: "a\nb <!channel>" });
    const text = said("stale", { card, failing: { ...failing, failure: aFailure({ message: "one\ntwo" }) } });
    expect(text).toBe(
      `Checks of a b <!channel> keep failing. Last answer from Meta: ${T8}. Checks have failed since ${T8}: one two The bot checks again automatically. The alert above shows the last answer from Meta. Its steps still apply.`,
    );
  });
});

describe("how long nobody responded", () => {
  const long = { severity: "critical", ...waited(9 * HOUR) } as const;

  it.each<[string, Partial<Alert>]>([
    ["it became critical", { criticalSince: NOW }],
    ["Slack accepted its message", { acceptedAt: NOW }],
    ["a snooze ended", { snoozed: { by: "U0BEN", at: after(-HOUR), until: NOW, reason: "x" } }],
  ])("counts like the rule that escalates, from when %s", (_name, fields) => {
    const alert = anAlert({ ...long, ...fields });
    const at = escalatesAt(alert, anEscalation({ afterMs: 2 * HOUR }), NOW);
    expect(at).toEqual(after(2 * HOUR));
    expect(waitedText(alert, after(2 * HOUR))).toBe("2 hours");
  });

  it.each<[string, Partial<Alert>]>([
    ["an alert that is no longer critical", { criticalSince: null }],
    ["one that Slack does not have", { acceptedAt: null }],
    ["one that became critical later", { criticalSince: after(1) }],
  ])("is not said of %s", (_name, fields) => {
    expect(waitedText(anAlert({ ...long, ...fields }), NOW)).toBeUndefined();
  });
});
