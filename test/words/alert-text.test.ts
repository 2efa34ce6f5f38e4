import { describe, expect, it } from "vitest";
import type { Finding, FindingCode } from "../../src/token/findings/finding.ts";
import type { FailureKind } from "../../src/token/inspection.ts";
import type { Alert } from "../../src/alert/alert.ts";
import { type AlertText, alertText } from "../../src/words/alert-text.ts";
import {
  aCard,
  after,
  aFailure,
  aFinding,
  anAlert,
  anEvidence,
  anExpiring,
  aVerdict,
  NOW,
} from "../support/builders.ts";
import { read, readAlert } from "./support/read.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T8 = "2026-11-22 08:00 UTC";
const SEEN = `Seen ${T8} by GET /debug_token, HTTP 200, trace Atrace.`;
const OPEN = `Alert open since ${T8}, severity critical.`;

const textOf = (fields: Partial<Alert> = {}) => readAlert(alertText(anAlert(fields)));
const withFindings = (...findings: readonly Finding[]) => textOf({ verdict: aVerdict({ findings }) });
const linesOf = ({ headline, impact, cause, steps, responses, facts, times }: AlertText): readonly string[] =>
  [headline, impact, ...cause, ...steps, ...responses, ...facts, ...times].map(read);

const failing = { failure: aFailure({ message: "Meta did not answer in time." }), since: after(-HOUR), tries: 4 };
const degradedBy = (code: FindingCode) => ({ verdict: aVerdict({ findings: [aFinding(code)] }) });
const unanswered = { kind: "not_checked", severity: "warning", verdict: null, failing } as const;
const blocked = { ...failing, failure: aFailure({ kind: "app_blocked", message: "Meta blocks the app." }) };
const resolved = (fields: Partial<Alert>) =>
  textOf({ verdict: aVerdict(), severity: "critical", resolvedAt: after(2 * HOUR), ...fields });
const expiryAt = (at: Date) => ({ expiry: { kind: "at", at } }) as const;

describe("an open alert", () => {
  it("gives event, impact, cause, steps, token, start and evidence", () => {
    const verdict = aVerdict({
      findings: [aFinding("revoked", { evidence: anEvidence({ code: 190, subcode: 466 }) })],
      evidence: anEvidence({ code: 190, subcode: 466, at: after(5 * DAY) }),
    });
    expect(textOf({ verdict })).toEqual({
      standing: "critical",
      headline: "🔴 orders-prod: token revoked",
      impact: "checkout and crm cannot send WhatsApp messages.",
      cause: ["The token was revoked: an API call ended its session."],
      steps: [
        "1. Generate a new token for the system user.",
        "2. Save the new token in variable ORDERS_TOKEN. This bot reads it there too. Restart the app if it reads the token only at start.",
        '3. Press "Check now" to confirm.',
        "Afterwards: Find out who revoked the old token.",
      ],
      responses: [],
      facts: [
        "Phone number: ID 100000000002001",
        "WhatsApp account: ID 100000000001001",
        "Owner: U0123456789",
        "Planned expiry: never",
        "Token: ends in tailtail, fingerprint aaaaaaaaaaaa",
        "Read from: variable ORDERS_TOKEN",
      ],
      times: [OPEN, "Seen 2026-11-27 08:00 UTC by GET /debug_token, HTTP 200, code 190/466, trace Atrace."],
    });
  });

  it.each<[string, Partial<Alert>, string]>([
    ["revoked", { verdict: aVerdict({ findings: [aFinding("revoked")] }) }, "🔴 orders-prod: token revoked"],
    ["expired", { verdict: aVerdict({ findings: [aFinding("expired")] }) }, "🔴 orders-prod: token expired"],
    ["invalid", { verdict: aVerdict({ findings: [aFinding("invalid")] }) }, "🔴 orders-prod: token invalid"],
    ["of a refused number", {}, "🔴 orders-prod: phone number not reachable"],
    ["without a permission", degradedBy("scope_missing"), "🔴 orders-prod: permission missing"],
    ["of blocked sending", degradedBy("sending_blocked"), "🔴 orders-prod: Meta blocks sending"],
    ["of another app", degradedBy("wrong_app"), "🔴 orders-prod: token of another app"],
    ["expiring", { verdict: anExpiring("7d", after(6 * DAY)) }, "🟠 orders-prod: token expiring"],
    ["expiring soon", { verdict: anExpiring("1d", after(DAY)) }, "🔴 orders-prod: token expiring"],
    ["not checked", unanswered, "🟠 orders-prod: could not be checked"],
    ["of a blocked app", { failing: blocked }, "🔴 orders-prod: app blocked by Meta"],
    ["fixed", { resolvedAt: NOW, resolution: "recovered" }, "✅ orders-prod: fixed"],
    ["unwatched", { resolvedAt: NOW, resolution: "unwatched" }, "⚪ orders-prod: no longer watched"],
  ])("%s: says so in its headline", (_name, fields, said) => {
    expect(textOf(fields).headline).toBe(said);
  });

  it("has the event in its headline, even with a long name", () => {
    const { headline } = textOf({ card: aCard({ name: "&".repeat(200) }) });
    expect(headline).toMatch(/^🔴 &+…: phone number not reachable$/);
  });

  it.each<[string, Partial<Alert>, string]>([
    [
      "dead",
      { verdict: aVerdict({ findings: [aFinding("revoked")] }) },
      "checkout and crm cannot send WhatsApp messages.",
    ],
    ["degraded", {}, "checkout and crm may be unable to send WhatsApp messages."],
    [
      "expiring",
      { verdict: anExpiring("7d", after(6 * DAY)) },
      "checkout and crm will be unable to send WhatsApp messages after 2026-11-28 08:00 UTC.",
    ],
    [
      "past its date",
      { verdict: anExpiring("1d", after(-HOUR)) },
      "checkout and crm may become unable to send WhatsApp messages at any time.",
    ],
    [
      "expiring at a date that is not known",
      { verdict: anExpiring("7d", NOW, { token: { expiry: { kind: "not_known" } } }) },
      "checkout and crm will be unable to send WhatsApp messages when the token expires.",
    ],
    [
      "of a blocked app",
      { verdict: null, kind: "not_checked", failing: blocked },
      "checkout and crm may be unable to send WhatsApp messages.",
    ],
    [
      "of unknown users",
      { card: aCard({ consumers: [] }) },
      "Apps that use this token may be unable to send WhatsApp messages.",
    ],
    [
      "of many users",
      { card: aCard({ consumers: ["a", "b", "c", "d", "e", "f"] }) },
      "a, b, c, d and 2 more may be unable to send WhatsApp messages.",
    ],
  ])("%s: says what stops, and names its users once", (_name, fields, said) => {
    const { impact, facts } = textOf(fields);
    expect(impact).toBe(said);
    expect(facts.join()).not.toContain("Used by");
  });

  it("names the applications in the facts when the impact does not", () => {
    const { impact, facts } = textOf({ ...unanswered, verdict: anExpiring("7d", after(6 * DAY)) });
    expect(impact).toBe("");
    expect(facts).toContain("Used by: checkout and crm");
  });

  it("uses Meta's names of the number and the account, if known", () => {
    const asset = { kind: "phone", id: "100000000002001", reach: "not_known", sending: null, failure: null } as const;
    const assets = [{ ...asset, name: "Example Shop" }];
    expect(textOf({ verdict: aVerdict({ findings: [aFinding("revoked")], assets }) }).facts).toEqual(
      expect.arrayContaining([
        "Phone number: Example Shop (ID 100000000002001)",
        "WhatsApp account: ID 100000000001001",
      ]),
    );
  });

  it("leaves out what is not configured or not known", () => {
    const card = aCard({
      owner: undefined,
      phoneNumberId: undefined,
      whatsappBusinessAccountId: undefined,
      consumers: [],
    });
    const { impact, facts } = textOf({ ...unanswered, card });
    expect(impact).toBe("This bot cannot watch the token now. Apps that use this token may still work.");
    expect(facts).toEqual(["Read from: variable ORDERS_TOKEN"]);
  });

  it.each([
    ["", "too short to be a token"],
    ["aaaaaaaaaaaa", "not a token, fingerprint aaaaaaaaaaaa"],
  ])("does not show the end of a value that cannot be a token, with the fingerprint %j", (fingerprint, why) => {
    const verdict = aVerdict({ findings: [aFinding("not_a_token")], token: { fingerprint, tail: "" } });
    expect(textOf({ verdict }).facts).toContain(`Token: not shown: ${why}`);
  });

  it("says where to see the owner of a warning, which notifies nobody", () => {
    const { facts } = alertText(anAlert({ verdict: anExpiring("7d", after(6 * DAY)) }));
    expect(facts.map(read)).toContain("Owner: not notified for warnings, see /wa-token status orders-prod");
    expect(facts.flat().map(({ kind }) => kind)).not.toContain("person");
  });

  it.each<[string, Alert, string | undefined]>([
    ["that never comes", anAlert(), "Expires: never"],
    [
      "of a dead token",
      anAlert({ verdict: aVerdict({ findings: [aFinding("revoked")], token: expiryAt(after(DAY)) }) }),
      "Planned expiry: 2026-11-23 08:00 UTC",
    ],
    [
      "that is not known",
      anAlert({ verdict: aVerdict({ findings: [aFinding("wrong_app")], token: { expiry: { kind: "not_known" } } }) }),
      "Expires: not known",
    ],
    [
      "of a dead token that is not known",
      anAlert({ verdict: aVerdict({ findings: [aFinding("invalid")], token: { expiry: { kind: "not_known" } } }) }),
      undefined,
    ],
    ["that a finding says", anAlert({ verdict: anExpiring("1d", after(DAY)) }), undefined],
  ])("has a fact for an end %s", (_name, alert, said) => {
    const facts = readAlert(alertText(alert)).facts.filter((fact) => /^(Expires|Planned expiry): /.test(fact));
    expect(facts).toEqual(said === undefined ? [] : [said]);
  });

  it("has every cause except remarks, worst first, and each step once", () => {
    const { cause, steps } = withFindings(
      aFinding("not_system_user"),
      aFinding("scope_missing", { objects: ["a"] }),
      aFinding("scope_extra", { severity: "info", objects: ["b"] }),
      aFinding("phone_unreachable", { objects: ["1"], evidence: anEvidence({ code: 190 }) }),
      aFinding("waba_unreachable", { objects: ["2"], evidence: anEvidence({ code: 190 }) }),
    );
    expect(cause).toEqual([
      "The token lacks the permission a.",
      "This is not a system user's token. It depends on the account of a person or a page.",
      expect.stringMatching(/^This token cannot reach the phone number 1\./),
      expect.stringMatching(/^This token cannot reach the WhatsApp account 2\./),
    ]);
    expect(steps).toEqual([
      "1. Generate a new token that also has a. You cannot add a permission to an existing token.",
      "2. Generate a token for a system user of the business.",
      "3. Generate a new token for the system user.",
      "4. Save the new token in variable ORDERS_TOKEN. This bot reads it there too. Restart the app if it reads the token only at start.",
      '5. Press "Check now" to confirm.',
    ]);
  });

  it("asks to save a token only when a new one helps", () => {
    const { steps } = withFindings(aFinding("sending_blocked"));
    expect(steps).toEqual([
      "1. Open WhatsApp Manager and fix the problem that Meta shows there. A new token does not help.",
      '2. Press "Check now" to confirm.',
    ]);
  });

  it("has no other advice while the app is blocked", () => {
    const { steps } = withFindings(aFinding("app_blocked"), aFinding("expires_soon"));
    expect(steps[0]).toMatch(/^1\. Open the app in the App Dashboard/);
    expect(steps.join(" ")).not.toMatch(/generate|assign|save/i);
  });

  it("gives an API Setup token the one advice that its page does not have", () => {
    const { steps } = withFindings(aFinding("expires_soon"), aFinding("temporary_token"), aFinding("not_system_user"));
    expect(steps[0]).toBe("1. Generate a token for a system user. It lasts longer than a few hours.");
    expect(steps.join(" ").match(/generate/gi)).toHaveLength(1);
  });

  it("counts the causes that do not fit", () => {
    const objects = ["a", "b"].map((letter) => letter.repeat(90));
    const codes = ["scope_missing", "phone_unreachable", "waba_unreachable", "sending_limited", "wrong_app"] as const;
    const { cause } = withFindings(
      ...codes.map((code) => aFinding(code, { objects, evidence: anEvidence({ code: 33 }) })),
      aFinding("not_system_user"),
      aFinding("data_access_ended"),
      aFinding("not_registered", { objects }),
    );
    expect(cause[0]).toMatch(/^The token lacks the permissions /);
    expect(cause.at(-1)).toMatch(/^\d+ more problems?: see \/wa-token status\.$/);
  });

  it("gives the days left at the check, never the days left now", () => {
    const soon = aFinding("expires_soon", { facts: { kind: "end", at: after(6 * DAY), past: false } });
    const near = aVerdict({ findings: [soon], threshold: "7d", token: expiryAt(after(6 * DAY)) });
    const { impact, cause } = textOf({ verdict: near });
    expect(impact).toBe("checkout and crm will be unable to send WhatsApp messages after 2026-11-28 08:00 UTC.");
    expect(cause).toEqual(["The token had 6 days left at the last check."]);
  });

  it.each<[string, Alert]>([
    ["that has passed", anAlert({ verdict: anExpiring("1d", after(-HOUR)) })],
    [
      "that was not checked again",
      anAlert({
        verdict: aVerdict({ findings: [aFinding("expires_soon", { notRecheckedSince: NOW })], threshold: "7d" }),
      }),
    ],
  ])("does not say how near an end is %s", (_name, alert) => {
    expect(readAlert(alertText(alert)).cause.join(" ")).not.toContain("left at the last check");
  });

  it("begins with the cause of the state, and with its steps", () => {
    const late = aFinding("expires_soon", { severity: "critical" });
    const away = aFinding("waba_unreachable", {
      objects: ["2"],
      notRecheckedSince: NOW,
      evidence: anEvidence({ code: 10 }),
    });
    const { headline, cause, steps } = withFindings(late, away);
    expect(headline).toBe("🔴 orders-prod: WhatsApp account not reachable");
    expect(cause[0]).toMatch(/^This token cannot reach the WhatsApp account 2\. .* Not re-checked since 2026-11-22/);
    expect(steps[0]).toMatch(
      /^1\. Check the IDs of the phone number and the WhatsApp account: .* If one is wrong, only correct it\.$/,
    );
    expect(steps[1]).toBe("2. Assign the WhatsApp account to the system user.");
  });

  it("says that its answer is old with the reason, and keeps the last answer", () => {
    const { headline, cause, times } = textOf({ failing });
    expect(headline).toBe("🔴 orders-prod: phone number not reachable");
    // The headline names the cause, and the text still has the state word.
    expect(cause).toContain(
      "Last answer from Meta: 2026-11-22 08:00 UTC. Checks have failed since 2026-11-22 07:00 UTC: Meta did not answer in time.",
    );
    expect(times).toEqual([OPEN.replace(/\.$/, ", token state degraded."), SEEN]);
  });

  it("says that no call was made for a value that cannot be a token", () => {
    const verdict = aVerdict({ findings: [aFinding("not_a_token")], evidence: null });
    expect(textOf({ verdict }).times).toEqual([OPEN, `Seen ${T8} in the value itself. No call was made.`]);
  });

  it.each([
    [1, "once"],
    [3, "3 times"],
  ])("that came back says how often, open and over: %i", (times, often) => {
    const reopened = { times, at: after(0), told: false, endSaid: true };
    const said = `This problem was fixed and came back ${often} since ${T8}.`;
    expect(textOf({ reopened }).cause).toContain(said);
    expect(resolved({ resolution: "recovered", reopened }).times).toContain(said);
  });
});

describe("an alert with a response", () => {
  const anna = { by: "U0ANNA", at: after(HOUR) };
  const snoozed = { ...anna, until: after(DAY), reason: "<!channel> rotation\nis planned & known." };

  it("shows escalation, acknowledgement, snooze with end and reason, and the last check", () => {
    expect(textOf({ escalatedAt: after(HOUR), acknowledged: anna, snoozed, checked: anna }).responses).toEqual([
      "It was escalated to on-call 2026-11-22 09:00 UTC, because nobody responded.",
      "Taken by U0ANNA, 2026-11-22 09:00 UTC.",
      "Snoozed by U0ANNA until 2026-11-23 08:00 UTC. Reason: “<!channel> rotation is planned & known.”",
      "Last checked by U0ANNA, 2026-11-22 09:00 UTC.",
    ]);
  });

  it("shows them also while checks fail, and not after the end", () => {
    expect(textOf({ ...unanswered, acknowledged: anna }).responses).toHaveLength(1);
    expect(resolved({ resolution: "recovered", acknowledged: anna, snoozed, escalatedAt: NOW }).responses).toEqual([]);
  });
});

describe("an alert about a check without an answer", () => {
  it("blames no token without any answer", () => {
    expect(textOf(unanswered)).toEqual({
      standing: "warning",
      headline: "🟠 orders-prod: could not be checked",
      impact: "This bot cannot watch the token now. checkout and crm may still work.",
      cause: ["Checks have failed since 2026-11-22 07:00 UTC: Meta did not answer in time."],
      steps: ["What to do: Nothing. The bot checks again automatically."],
      responses: [],
      facts: [
        "Phone number: ID 100000000002001",
        "WhatsApp account: ID 100000000001001",
        "Owner: not notified for warnings, see /wa-token status orders-prod",
        "Read from: variable ORDERS_TOKEN",
      ],
      times: [
        `Alert open since ${T8}, after 1 hour without a successful check, severity warning.`,
        "No check of this token has succeeded yet.",
      ],
    });
  });

  it.each<[FailureKind, string]>([
    ["misconfigured", "Correct the ID and secret of the Meta app in the bot's configuration."],
    ["unreadable", "Correct the place where the bot reads this token."],
    ["app_blocked", "Open the app in the App Dashboard and do what Meta asks for there. A new token does not help."],
  ])("numbers the steps of a person: %s", (kind, todo) => {
    const { steps } = textOf({ ...unanswered, failing: { ...failing, failure: aFailure({ kind }) } });
    expect(steps).toEqual([`1. ${todo}`, '2. Press "Check now" to confirm.']);
  });

  it.each<FailureKind>(["unreachable", "throttled", "malformed"])("asks nobody to act: %s", (kind) => {
    const { steps } = textOf({ ...unanswered, failing: { ...failing, failure: aFailure({ kind }) } });
    expect(steps).toEqual(["What to do: Nothing. The bot checks again automatically."]);
  });

  it.each([
    [
      "variable ORDERS_TOKEN",
      "it is not set. Set it, or ORDERS_TOKEN_FILE, or correct the source.",
      "it is not set.",
      "Set it, or ORDERS_TOKEN_FILE, or correct the source.",
    ],
    [
      "file /run/a. b/token",
      "it does not exist. Create the file, or correct the path of the source.",
      "it does not exist.",
      "Create the file, or correct the path of the source.",
    ],
  ])("splits the problem of %s from its remedy", (source, message, problem, remedy) => {
    const failure = aFailure({ kind: "unreadable", message: `Could not read ${source}: ${message}` });
    const alert = anAlert({ ...unanswered, failing: { ...failing, failure }, card: aCard({ source }) });
    const { cause, steps } = alertText(alert);
    expect(cause.map(read)).toEqual([
      `Checks have failed since 2026-11-22 07:00 UTC: The bot cannot read the token from ${source}: ${problem}`,
    ]);
    expect(cause.flat()).toContainEqual({ kind: "code", text: source });
    expect(steps.map(read)).toEqual([`1. ${remedy}`, '2. Press "Check now" to confirm.']);
  });

  it.each<[string, Partial<Alert>, string, string]>([
    [
      "healthy",
      { verdict: aVerdict() },
      "This bot cannot watch the token now. checkout and crm may still work.",
      `Last answer from Meta: Healthy. ${SEEN}`,
    ],
    // What was not fine is not called fine.
    ["not fine", { verdict: anExpiring("7d", after(6 * DAY)) }, "", `Last answer from Meta: Expiring. ${SEEN}`],
  ])("gives the last answer, which was %s", (_name, fields, impact, said) => {
    const text = textOf({ ...unanswered, ...fields });
    expect([text.headline, text.impact, text.times.at(-1)]).toEqual([
      "🟠 orders-prod: could not be checked",
      impact,
      said,
    ]);
  });
});

describe("an alert that ended", () => {
  it("says how it ended, the expiry before and after, and the duration", () => {
    const before = { fingerprint: "bbbbbbbbbbbb", ...expiryAt(NOW) };
    expect(resolved({ resolution: "rotated", before })).toEqual({
      standing: "over",
      headline: "✅ orders-prod: fixed",
      impact: "The token was replaced.",
      cause: [`Token expires: never. Old expiry: ${T8}.`],
      steps: [],
      responses: [],
      facts: [
        "Phone number: ID 100000000002001",
        "WhatsApp account: ID 100000000001001",
        "Used by: checkout and crm",
        "Token: ends in tailtail, fingerprint aaaaaaaaaaaa",
        "Read from: variable ORDERS_TOKEN",
      ],
      times: [`Open from ${T8} to 2026-11-22 10:00 UTC (2 hours).`, SEEN],
    });
  });

  it("shows the token in its facts only when it was replaced", () => {
    expect(resolved({ resolution: "recovered" }).facts.join()).not.toContain("Token: ");
  });

  it.each([
    ["did not change", { kind: "never" } as const],
    ["was not known", { kind: "not_known" } as const],
  ])("compares no end that %s", (_name, expiry) => {
    const { impact, cause } = resolved({ resolution: "recovered", before: { fingerprint: "aaaaaaaaaaaa", expiry } });
    expect([impact, ...cause]).toEqual(["The token works again.", "Token expires: never."]);
  });

  it("does not call a token fixed that was only not checked", () => {
    expect(resolved({ kind: "not_checked", resolution: "recovered" }).impact).toBe(
      "Meta answers again, and the token works.",
    );
  });

  it("does not say fixed when the bot no longer checks it", () => {
    const text = resolved({ resolution: "unwatched" });
    expect(text.impact).toBe("It was removed from the watchlist. The problem may still exist.");
    expect(JSON.stringify(text)).not.toMatch(/fixed|healthy|Seen/i);
  });
});

describe("texts of others in an alert", () => {
  const hostile = "<!channel> <https://evil.example|fine>\n*bold* & \u202Eturned";

  it.each<[string, Partial<Alert>]>([
    ["open", {}],
    ["not checked", unanswered],
    ["fixed", { resolvedAt: NOW, resolution: "recovered" }],
  ])("break no line and stay texts: %s", (_name, fields) => {
    const text = alertText(
      anAlert({
        ...fields,
        card: aCard({ name: hostile, consumers: [hostile], source: hostile, phoneNumberId: hostile }),
        failing: { ...failing, failure: aFailure({ message: hostile }) },
      }),
    );
    expect(linesOf(text).filter((line) => line.includes("\n"))).toEqual([]);
    const { headline, impact, cause, steps, facts } = text;
    const kinds = [headline, impact, ...cause, ...steps, ...facts].flat().map(({ kind }) => kind);
    expect(kinds).not.toContain("link");
    expect(kinds).not.toContain("channel");
  });
});
