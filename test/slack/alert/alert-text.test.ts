import { describe, expect, it } from "vitest";
import { alertLines } from "../../../src/slack/alert/alert-text.ts";
import type { Alert } from "../../../src/watch/alert.ts";
import { plainMrkdwn } from "../../docs/plain-slack.ts";
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
} from "../../support/builders.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** As a person in UTC reads it, a line each. */
const read = (alert: Alert): readonly string[] => alertLines(alert, "UTC").map(plainMrkdwn);

const failing = { failure: aFailure({ message: "Graph did not answer." }), since: after(-HOUR), tries: 4 };
const resolved = (fields: Partial<Alert>): Alert =>
  anAlert({ verdict: aVerdict(), severity: "critical", resolvedAt: after(2 * HOUR), ...fields });

describe("an open alert", () => {
  it("says which watch, what, what to do, since when, and on what that rests", () => {
    const verdict = aVerdict({
      findings: [aFinding("expired", { message: "The token expired.", remedy: "Make a new one." })],
      evidence: anEvidence({ code: 190, subcode: 463, at: after(5 * DAY) }),
    });
    expect(read(anAlert({ verdict }))).toEqual([
      "Critical: orders-prod is expired.",
      "The token expired.",
      "Stops working: checkout, crm.",
      "Phone number: 100000000002001.",
      "WhatsApp account: 100000000001001.",
      "Owner: @owner.",
      "What to do:",
      "1. Make a new one.",
      "2. The bot reads the token from variable ORDERS_TOKEN: put the new one there too.",
      "3. Press Check now when that is done: you see at once whether it is fixed.",
      "Open since 22 Nov 2026, 08:00 UTC.",
      "Seen 27 Nov 2026, 08:00 UTC by GET /debug_token, HTTP 200, code 190/463, trace Atrace.",
    ]);
  });

  it("names number and account as Meta does, as far as it told their names", () => {
    const asset = { kind: "phone", id: "100000000002001", reach: "not_known", sending: null, failure: null } as const;
    const verdict = aVerdict({ findings: [aFinding("revoked")], assets: [{ ...asset, name: "Example Shop" }] });
    const lines = read(anAlert({ verdict }));
    expect(lines).toContain("Phone number: Example Shop (100000000002001).");
    expect(lines).toContain("WhatsApp account: 100000000001001.");
  });

  it.each<[string, Partial<Alert>, string]>([
    ["dead", { verdict: aVerdict({ findings: [aFinding("revoked")] }) }, "Stops working: checkout, crm."],
    ["degraded", {}, "Affected: checkout, crm."],
    ["expiring", { verdict: anExpiring("7d", after(6 * DAY)) }, "Stops working then: checkout, crm."],
    ["not checked", { kind: "not_checked", verdict: null }, "Used by: checkout, crm."],
    ["of nobody known", { card: aCard({ consumers: [] }) }, "Affected: whatever uses this token."],
  ])("says for whom what stops when it is %s", (_name, fields, said) => {
    expect(read(anAlert(fields))).toContain(said);
  });

  it("names the owner in a warning without calling anybody", () => {
    const text = alertLines(anAlert({ verdict: anExpiring("7d", after(6 * DAY)) }), "UTC").join("\n");
    expect(text).not.toContain("<@");
    expect(text).toContain("Owner: `U0123456789` (a warning calls nobody).");
  });

  it.each<[string, Alert, string | undefined]>([
    ["that never comes", anAlert(), "Token ends: never."],
    ["of a dead token", anAlert({ verdict: aVerdict({ findings: [aFinding("revoked")] }) }), "Was to end: never."],
    [
      "that nobody knows",
      anAlert({ verdict: aVerdict({ findings: [aFinding("wrong_app")], token: { expiry: { kind: "not_known" } } }) }),
      "Token ends: not known.",
    ],
    [
      "with its date",
      anAlert({
        verdict: aVerdict({ findings: [aFinding("revoked")], token: { expiry: { kind: "at", at: after(DAY) } } }),
      }),
      "Was to end: 23 Nov 2026, 08:00 UTC.",
    ],
    [
      "of a dead token that nobody knows",
      anAlert({ verdict: aVerdict({ findings: [aFinding("invalid")], token: { expiry: { kind: "not_known" } } }) }),
      undefined,
    ],
    ["that a finding tells", anAlert({ verdict: anExpiring("1d", after(DAY)) }), undefined],
  ])("tells an end %s", (_name, alert, said) => {
    expect(read(alert).find((line) => /^(Token ends|Was to end): /.test(line))).toBe(said);
  });

  it("says that it was passed on", () => {
    expect(read(anAlert({ escalatedAt: after(HOUR) })).at(-1)).toBe(
      "Escalated 22 Nov 2026, 09:00 UTC: nobody had answered.",
    );
  });

  it("is a warning as long as nothing is critical", () => {
    expect(read(anAlert({ verdict: anExpiring("7d", after(6 * DAY)) }))[0]).toBe("Warning: orders-prod is expiring.");
    expect(read(anAlert({ verdict: anExpiring("1d", after(DAY)) }))[0]).toBe("Critical: orders-prod is expiring.");
  });

  it("lists every finding but remarks, and each remedy once", () => {
    const findings = [
      aFinding("scope_missing", { message: "It lacks a.", remedy: "Make a new one." }),
      aFinding("phone_unreachable", { message: "It does not reach 1.", remedy: "Make a new one." }),
      aFinding("not_system_user", { message: "It is a person's.", remedy: "Use a system user." }),
      aFinding("scope_extra", { severity: "info", message: "It also has b.", remedy: "Leave it out." }),
    ];
    const lines = read(anAlert({ verdict: aVerdict({ findings }) }));
    expect(lines.slice(1, 4)).toEqual(["It lacks a.", "It does not reach 1.", "It is a person's."]);
    expect(lines.filter((line) => /^\d\./.test(line)).slice(0, 2)).toEqual([
      "1. Make a new one.",
      "2. Use a system user.",
    ]);
    expect(lines.join(" ")).not.toContain("also has b");
  });

  it("says how near the end was when seen, with the date as the other dates", () => {
    const verdict = anExpiring("7d", after(6 * DAY));
    expect(read(anAlert({ verdict }))[1]).toBe(
      "The token ends 28 Nov 2026, 08:00 UTC (at most 7 days left when seen).",
    );
    expect(alertLines(anAlert({ verdict }), "UTC")[1]).toMatch(/^The token ends <!date\^\d+\^/);
    const late = anExpiring("1d", after(-HOUR));
    expect(read(anAlert({ verdict: late }))[1]).toBe(
      "The token's date has passed (22 Nov 2026, 07:00 UTC), though Meta still accepts it.",
    );
  });

  it("does not say how near an end was that nobody could ask about", () => {
    const soon = aFinding("expires_soon", { message: "It ends on 2026-11-27.", notRecheckedSince: NOW });
    const verdict = aVerdict({ findings: [soon], threshold: "7d", token: { expiry: { kind: "not_known" } } });
    expect(read(anAlert({ verdict }))[1]).toBe("It ends on 2026-11-27. Not re-checked since 22 Nov 2026, 08:00 UTC.");
  });

  it("tells first what makes the state, and what to do about that first", () => {
    const late = aFinding("expires_soon", { severity: "critical", remedy: "Replace it." });
    const away = aFinding("phone_unreachable", {
      message: "Out of reach.",
      remedy: "Assign it.",
      notRecheckedSince: NOW,
    });
    const lines = read(anAlert({ verdict: aVerdict({ findings: [late, away], threshold: "1d" }) }));
    expect(lines.slice(0, 2)).toEqual([
      "Critical: orders-prod is degraded.",
      "Out of reach. Not re-checked since 22 Nov 2026, 08:00 UTC.",
    ]);
    expect(lines).toContain("1. Assign it.");
    expect(lines).toContain("2. Replace it.");
  });

  it("gives an API Setup token the one advice that its page does not have", () => {
    const findings = [
      aFinding("expires_soon", { remedy: "Use expiration Never." }),
      aFinding("temporary_token", { remedy: "Make a system user's token." }),
      aFinding("not_system_user", { remedy: "Generate one for a system user." }),
    ];
    const lines = read(anAlert({ verdict: aVerdict({ findings }) }));
    expect(lines).toContain("1. Make a system user's token.");
    expect(lines.join(" ")).not.toMatch(/Use expiration Never|Generate one/);
  });

  it("marks a finding that was not checked again", () => {
    const findings = [aFinding("phone_unreachable", { message: "Out of reach.", notRecheckedSince: NOW })];
    expect(read(anAlert({ verdict: aVerdict({ findings }) }))).toContain(
      "Out of reach. Not re-checked since 22 Nov 2026, 08:00 UTC.",
    );
  });

  it("says that it is stale, and why, beside the last answer", () => {
    const lines = read(anAlert({ failing }));
    expect(lines).toContain("Not re-checked since 22 Nov 2026, 07:00 UTC: Graph did not answer.");
    expect(lines[0]).toBe("Critical: orders-prod is degraded.");
    expect(lines.at(-1)).toMatch(/^Seen 22 Nov 2026, 08:00 UTC by GET/);
  });

  it("says that no call was made for a value that cannot be a token", () => {
    const verdict = aVerdict({ findings: [aFinding("not_a_token")], evidence: null });
    expect(read(anAlert({ verdict })).at(-1)).toBe(
      "Seen 22 Nov 2026, 08:00 UTC by the shape of the value; no call was made.",
    );
  });

  it("shows times in each reader's own zone", () => {
    expect(alertLines(anAlert(), "Europe/Berlin").join("\n")).toContain(
      `<!date^${NOW.getTime() / 1_000}^{date_short_pretty} {time}|22 Nov 2026, 09:00 CET>`,
    );
  });
});

describe("an alert that somebody answered", () => {
  const anna = { by: "U0ANNA", at: after(HOUR) };
  const snoozed = { ...anna, until: after(DAY), reason: "<!channel> rotation\nis planned & known." };

  it("says who acknowledged and who snoozed it, until when and why", () => {
    const lines = read(anAlert({ acknowledged: anna, snoozed })).slice(-2);
    expect(lines).toEqual([
      "Taken by <@U0ANNA>, 22 Nov 2026, 09:00 UTC.",
      "Snoozed by <@U0ANNA> until 23 Nov 2026, 08:00 UTC: &lt;!channel&gt; rotation is planned &amp; known.",
    ]);
  });

  it("says so too when it could not be checked, and not once it is over", () => {
    const open = { kind: "not_checked", severity: "warning", verdict: null, failing, acknowledged: anna } as const;
    expect(read(anAlert(open)).at(-1)).toMatch(/^Taken by/);
    expect(read(resolved({ resolution: "recovered", acknowledged: anna, snoozed })).join(" ")).not.toMatch(
      /Acknowledged|Snoozed/,
    );
  });
});

describe("an alert that something could not be checked", () => {
  it("accuses nobody when there never was an answer", () => {
    expect(read(anAlert({ kind: "not_checked", severity: "warning", verdict: null, failing }))).toEqual([
      "Warning: orders-prod could not be checked. Nothing is known to be wrong with the token.",
      "Since 22 Nov 2026, 07:00 UTC: Graph did not answer.",
      "Used by: checkout, crm.",
      "Phone number: 100000000002001.",
      "WhatsApp account: 100000000001001.",
      "Owner: U0123456789 (a warning calls nobody).",
      "What to do: Nothing now; it is asked again by itself.",
      "No answer about this token so far.",
    ]);
  });

  it.each([
    [
      "misconfigured",
      "Fix the bot's configuration: the id and secret of the Meta app. See /wa-token status orders-prod.",
    ],
    ["unreadable", "Fix where the bot reads this token. See /wa-token status orders-prod."],
    ["throttled", "Nothing now; it is asked again by itself."],
    ["malformed", "Nothing now; it is asked again by itself."],
  ] as const)("says what to do when it is %s", (kind, todo) => {
    const alert = anAlert({
      kind: "not_checked",
      severity: "warning",
      verdict: null,
      failing: { ...failing, failure: aFailure({ kind }) },
    });
    expect(read(alert)).toContain(`What to do: ${todo}`);
  });

  it("gives the last answer when there was one", () => {
    const lines = read(anAlert({ kind: "not_checked", severity: "warning", verdict: aVerdict(), failing }));
    expect(lines[0]).toContain("Nothing is known to be wrong");
    expect(lines.at(-1)).toMatch(/^Last answer: Healthy\. Seen 22 Nov 2026, 08:00 UTC by GET/);
  });

  it("does not call fine what was not", () => {
    const verdict = anExpiring("7d", after(6 * DAY));
    const lines = read(anAlert({ kind: "not_checked", severity: "warning", verdict, failing }));
    expect(lines[0]).toBe("Warning: orders-prod could not be checked.");
    expect(lines.at(-1)).toMatch(/^Last answer: Expiring\./);
  });
});

describe("an alert that ended", () => {
  it("says how, the token's end before and after, and how long it was open", () => {
    const before = { fingerprint: "bbbbbbbbbbbb", expiry: { kind: "at", at: NOW } } as const;
    expect(read(resolved({ resolution: "rotated", before }))).toEqual([
      "Fixed: orders-prod. The token was replaced.",
      "Token ends: never (before: 22 Nov 2026, 08:00 UTC).",
      "Phone number: 100000000002001.",
      "WhatsApp account: 100000000001001.",
      "Used by: checkout, crm.",
      "Open from 22 Nov 2026, 08:00 UTC to 22 Nov 2026, 10:00 UTC (2 hours).",
      "Seen 22 Nov 2026, 08:00 UTC by GET /debug_token, HTTP 200, trace Atrace.",
    ]);
  });

  it.each([
    ["that did not change", { kind: "never" } as const],
    ["that was not known", { kind: "not_known" } as const],
  ])("compares no end %s", (_name, expiry) => {
    const lines = read(resolved({ resolution: "recovered", before: { fingerprint: "aaaaaaaaaaaa", expiry } }));
    expect(lines.slice(0, 2)).toEqual(["Fixed: orders-prod. The token is healthy again.", "Token ends: never."]);
  });

  it("does not call healed what was only not checked", () => {
    expect(read(resolved({ kind: "not_checked", resolution: "recovered" }))[0]).toBe(
      "Fixed: orders-prod. It could be checked again, and the token is healthy.",
    );
  });

  it("does not say fixed when nobody looks any more", () => {
    const lines = read(resolved({ resolution: "unwatched" }));
    expect(lines[0]).toBe("No longer watched: orders-prod left the watchlist. The problem may still be there.");
    expect(lines.join(" ")).not.toMatch(/fixed|healthy/i);
  });
});

describe("foreign words in an alert", () => {
  it("mention nobody, link nowhere and break no line", () => {
    const hostile = "<!channel> <https://evil.example|fine>\n*bold* & \u202eturned";
    const text = alertLines(
      anAlert({
        card: aCard({ name: hostile }),
        verdict: aVerdict({ findings: [aFinding("phone_unreachable", { message: hostile, remedy: hostile })] }),
        failing: { ...failing, failure: aFailure({ message: hostile }) },
      }),
      "UTC",
    );
    expect(text.filter((line) => line.includes("\n"))).toEqual([]);
    expect(text.join("\n")).not.toMatch(/<!channel|<https|\u202e/);
    expect(text[1]).toContain("&lt;!channel&gt; &lt;https://evil.example|fine&gt; *bold* &amp; turned");
  });
});
