import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/token/verdict.ts";
import type { Alert, Reason } from "../../src/alert/alert.ts";
import { alertLine } from "../../src/words/alert-line.ts";
import { alertText } from "../../src/words/alert-text.ts";
import { replyText } from "../../src/words/reply-text.ts";
import { notReadTexts, triedTexts, unreadRemedies, unreadTexts } from "../../src/words/unread-text.ts";
import { aFailure, aFinding, after, anAlert, anEvidence, aVerdict, NOW } from "../support/builders.ts";
import { read, readAlert } from "./support/read.ts";

const PHONE = "100000000002001";
const WABA = "100000000001001";
const T8 = "2026-11-22 08:00 UTC";
const tried = anEvidence({ call: "GET /100000000002001", status: null, at: after(60_000) });

const notRead = (readAt: Date | null, fields: Partial<Verdict> = {}): Verdict => {
  const unread = { since: NOW, tries: 4, readAt, lasting: true };
  const common = { name: null, reach: "not_known", sending: null, unread } as const;
  return {
    ...aVerdict({
      assets: [
        { ...common, kind: "phone", id: PHONE, failure: aFailure({ evidence: tried }) },
        { ...common, kind: "waba", id: WABA, failure: aFailure({ kind: "throttled" }) },
      ],
    }),
    ...fields,
  };
};
const aboutIds = (fields: Partial<Alert> = {}): Alert =>
  anAlert({ kind: "not_checked", verdict: notRead(null), ...fields });
const textOf = (alert: Alert) => readAlert(alertText(alert));

describe("IDs that were not read", () => {
  it.each<[string, Date | null, readonly string[]]>([
    [
      "never",
      null,
      [
        `Phone number ${PHONE} has never been checked: Meta did not answer.`,
        `WhatsApp account ${WABA} has never been checked: Meta limits how often it answers.`,
      ],
    ],
    [
      "since a time",
      NOW,
      [
        `Phone number ${PHONE} has not been checked since ${T8}: Meta did not answer.`,
        `WhatsApp account ${WABA} has not been checked since ${T8}: Meta limits how often it answers.`,
      ],
    ],
  ])("are named, each with its reason: %s", (_name, readAt, lines) => {
    expect(unreadTexts(notRead(readAt)).map(read)).toEqual(lines);
  });

  it("are named in other messages, one on each line", () => {
    expect(notReadTexts(notRead(null)).map(read)).toEqual([
      `Not read: phone number ${PHONE} (Meta did not answer)`,
      `Not read: WhatsApp account ${WABA} (Meta limits how often it answers)`,
    ]);
    expect(notReadTexts(null)).toEqual([]);
  });

  it("name the failed call, if there was one", () => {
    expect(triedTexts(notRead(null)).map(read)).toEqual([
      `Phone number ${PHONE}: tried 2026-11-22 08:01 UTC by GET /${PHONE}, no answer, trace Atrace.`,
    ]);
  });

  it.each<[string, Partial<Verdict>, string]>([
    ["no finding", {}, "What to do: Nothing. The bot checks again automatically."],
    [
      "a refused proof",
      { findings: [aFinding("proof_refused")] },
      "What to do: Set META_APP_SECRET, or appSecret in the watchlist, to the current secret of the token's app.",
    ],
    [
      "two findings, in one line",
      { findings: [aFinding("proof_refused"), aFinding("reach_not_checked")] },
      "What to do: Set META_APP_SECRET, or appSecret in the watchlist, to the current secret of the token's app. Check again in a few minutes.",
    ],
  ])("ask for what helps: %s", (_name, fields, said) => {
    expect(unreadRemedies(notRead(null, fields)).map(read)).toEqual([said]);
  });

  it("need no remedy when all were read", () => {
    expect(unreadRemedies(aVerdict())).toEqual([]);
  });
});

describe("an alert about IDs that were not read", () => {
  it("says that the token is alive, which ID was not read, and why", () => {
    const text = textOf(aboutIds());
    expect(text).toMatchObject({
      standing: "warning",
      headline: "🟠 orders-prod: alive, not fully checked",
      impact: "The token works.",
      cause: [expect.stringContaining(PHONE), expect.stringContaining(WABA)],
      steps: ["What to do: Nothing. The bot checks again automatically."],
      times: [
        `Alert open since ${T8}, severity warning.`,
        `Seen ${T8} by GET /debug_token, HTTP 200, trace Atrace.`,
        expect.stringContaining("tried 2026-11-22 08:01 UTC"),
      ],
    });
    expect(text.facts).toContain("Used by: checkout and crm");
    expect(JSON.stringify(text)).not.toMatch(/healthy|could not be checked|dead/i);
  });

  it("is one line of a list, with its IDs", () => {
    expect(read(alertLine(aboutIds()))).toContain(
      `orders-prod: alive, not fully checked. Not read: phone number ${PHONE} (Meta did not answer).`,
    );
  });

  const why = `Phone number ${PHONE} has never been checked: Meta did not answer. WhatsApp account ${WABA} has never been checked: Meta limits how often it answers.`;
  const todo = "What to do: Nothing. The bot checks again automatically.";

  it.each<[Reason, string]>([
    ["not_checked", `orders-prod: alive, not fully checked. ${why} ${todo}`],
    [
      "stale",
      `orders-prod is not fully checked. Phone number ${PHONE} has never been checked: Meta did not answer. WhatsApp account ${WABA} has never been checked: Meta limits how often it answers. The bot checks again automatically. The alert above shows the last answer from Meta. Its steps still apply.`,
    ],
    [
      "snooze_over",
      `The snooze ended. orders-prod is still not fixed: alive, not fully checked. Alert open since ${T8}. ${why} ${todo}`,
    ],
  ])("has a reply for %s", (reason, said) => {
    const alert = aboutIds();
    const word = { reason, at: NOW, notice: true, verdict: alert.verdict, by: null };
    expect(read(replyText(alert, word, undefined))).toBe(said);
  });

  it.each<[Alert["kind"], string]>([
    ["problem", "The token works again."],
    ["not_checked", "Meta answers again, and the token works."],
  ])("leaves what was not read in the message of a %s that is over", (kind, said) => {
    const over = textOf(anAlert({ kind, verdict: notRead(NOW), resolvedAt: after(0), resolution: "recovered" }));
    expect(over.impact).toBe(said);
    expect(over.cause).toEqual(
      expect.arrayContaining([
        `Not read: phone number ${PHONE} (Meta did not answer).`,
        `Not read: WhatsApp account ${WABA} (Meta limits how often it answers).`,
      ]),
    );
    expect(JSON.stringify(over)).not.toContain("healthy");
  });
});
