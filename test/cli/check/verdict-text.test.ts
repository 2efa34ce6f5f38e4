import { describe, expect, it } from "vitest";
import { verdictText } from "../../../src/cli/check/verdict-text.ts";
import type { Look } from "../../../src/cli/paint.ts";
import { DAY_MS } from "../../../src/token/duration.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import { aFailure, aFinding, after, anEvidence, aVerdict, anUnknown } from "../../support/builders.ts";

const PIPE: Look = { paint: (_style, text) => text, columns: undefined };

const linesOf = (verdict: Verdict): readonly string[] => verdictText(verdict, "it", PIPE).split("\n");

const reached = {
  kind: "phone",
  id: "1002",
  name: null,
  reach: "reached",
  sending: "available",
  failure: null,
} as const;
const account = { ...reached, kind: "waba", id: "1001" } as const;
const asset = { kind: "phone", id: "1002", name: null, reach: "not_known", sending: null, failure: null } as const;

describe("the verdict in a terminal", () => {
  it("leads with the finding that causes the state, whatever finding comes first", () => {
    const late = aFinding("expires_soon", { severity: "critical" });
    const verdict = aVerdict({
      findings: [late, aFinding("phone_unreachable", { objects: ["1002"] })],
      assets: [{ ...asset, reach: "refused" }],
    });
    expect(linesOf(verdict)[0]).toBe(
      "DEGRADED  This token cannot reach the phone number 1002. Meta says that a permission for it is missing.",
    );
  });

  it("says when the expiry of a healthy token is not known", () => {
    const dateless = aVerdict({ token: { expiry: { kind: "not_known" } } });
    expect(linesOf(dateless)[0]).toMatch(/^HEALTHY {2}The token works\. Not checked: .*; the expiry date\.$/);
    expect(linesOf(aVerdict())[0]).not.toContain("the expiry date");
  });

  it("claims nothing about a dead token that Meta did not report", () => {
    const dead = aVerdict({ findings: [aFinding("revoked")], token: { scopes: null }, assets: [asset] });
    expect(linesOf(dead)).toEqual(
      expect.arrayContaining(["Old expiry   never", "Phone number 1002: not checked, because the token is dead"]),
    );
    const listed = aVerdict({ findings: [aFinding("revoked")], token: { expiry: { kind: "at", at: after(-1) } } });
    expect(linesOf(listed)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Old expiry {3}/),
        "Permissions  had         whatsapp_business_messaging",
      ]),
    );
  });

  it("gives one piece of advice for an API Setup token, and its part of the guide", () => {
    const findings = [aFinding("expires_soon"), aFinding("temporary_token")];
    const lines = linesOf(aVerdict({ findings }));
    expect(lines.filter((line) => line.startsWith("  Do this"))).toEqual([
      "  Do this    Generate a token for a system user. It lasts longer than a few hours.",
      "  Do this    Generate a token for a system user. It lasts longer than a few hours.",
    ]);
    expect(lines).toContain("  Guide      wa-token guide step 1");
    expect(lines).not.toContain("  Guide      wa-token guide never");
  });

  it("leads to the guide with the IDs of the watch that was chosen by name", () => {
    const verdict = aVerdict({ findings: [aFinding("revoked")] });
    const text = verdictText(verdict, "it", PIPE, "orders-prod");
    expect(text).toContain("  Guide      wa-token guide --watch orders-prod expired");
    const refused = anUnknown({ kind: "misconfigured", evidence: anEvidence({ code: 5 }) });
    expect(linesOf(refused)).toContain("Guide        wa-token guide allow list");
  });

  it("suggests no change of tokens or permissions while Meta blocks the app", () => {
    const findings = [aFinding("app_blocked"), aFinding("scope_missing"), aFinding("waba_unreachable")];
    const lines = linesOf(aVerdict({ findings }));
    const advice = lines.filter((line) => /^ {2}(?:Do this|Guide)/.test(line));
    expect(new Set(advice)).toEqual(
      new Set([
        "  Do this    Open the app in the App Dashboard and do what Meta asks for there. A new token does not help.",
        "  Guide      wa-token guide app blocked",
      ]),
    );
  });

  it("recommends no new token when the account is restricted", () => {
    const evidence = anEvidence({ code: 131_031 });
    expect(linesOf(aVerdict({ findings: [aFinding("phone_unreachable", { evidence })] }))).toContain(
      "  Guide      wa-token guide live",
    );
  });

  it.each([
    [
      "an id that was not read",
      { assets: [{ ...asset, failure: aFailure({ kind: "throttled" }) }, account] },
      "ALIVE, NOT FULLY CHECKED  The token works. Not checked: the phone number 1002 (Meta limits how often it answers).",
    ],
    [
      "no id at all",
      {},
      "HEALTHY  The token works. Not checked: whether the token reaches a phone number or WhatsApp account (no ID is set).",
    ],
    [
      "the account's id is not set",
      { assets: [reached] },
      "HEALTHY  The token works. Not checked: whether the token reaches a WhatsApp account (no ID is set).",
    ],
    [
      "the number's id is not set",
      { assets: [account] },
      "HEALTHY  The token works. Not checked: whether the token reaches a phone number (no ID is set).",
    ],
    [
      "an id that is not set, beside a problem",
      { assets: [reached], findings: [aFinding("scope_missing", { objects: ["a"] })] },
      "DEGRADED  The token lacks the permission a.",
    ],
    [
      "warnings",
      { assets: [reached, account], findings: [aFinding("other_account"), aFinding("temporary_token")] },
      "HEALTHY  The token works and has every permission it needs. Warning: the phone number belongs to another WhatsApp account; this is a temporary token.",
    ],
    [
      "an id that was not read beside a problem",
      { assets: [asset], findings: [aFinding("scope_missing", { objects: ["a"] })] },
      "DEGRADED  The token lacks the permission a. Not checked: the phone number 1002.",
    ],
    ["nothing", { assets: [reached, account] }, "HEALTHY  The token works and has every permission it needs."],
  ] as const)("says in the first line what the state word hides: %s", (_what, fields, first) => {
    expect(linesOf(aVerdict(fields))[0]).toBe(first);
  });

  it("shows how to test the reach when no ID is set", () => {
    const offer = expect.stringMatching(/^Reach +not tested\. Set WHATSAPP_PHONE_NUMBER_ID .* --watch\.$/);
    expect(linesOf(aVerdict())).toContainEqual(offer);
    for (const verdict of [aVerdict({ assets: [reached] }), aVerdict({ findings: [aFinding("expired")] })])
      expect(linesOf(verdict)).not.toContainEqual(offer);
  });

  it.each([
    [190, "Guide        wa-token guide app secret"],
    [5, "Guide        wa-token guide allow list"],
  ])("leads to the part of the guide that helps with code %i", (code, line) => {
    const unknown = anUnknown({ kind: "misconfigured", evidence: anEvidence({ code }) });
    expect(linesOf(unknown)).toContain(line);
  });

  it.each([
    [5 * DAY_MS, "EXPIRING  Works, and ends in 5 days."],
    [-DAY_MS, "EXPIRING  Still works, but its expiry date has passed."],
  ])("answers in the first line whether a token with %i ms left works", (leftMs, first) => {
    const token = { expiry: { kind: "at", at: after(leftMs) } } as const;
    const verdict = aVerdict({ findings: [aFinding("expires_soon")], token, assets: [reached, account] });
    expect(linesOf(verdict)[0]).toBe(first);
  });

  it("says what happened when Meta gave no answer, and what to do next at a terminal", () => {
    const lines = linesOf(anUnknown({ message: "GET /debug_token was not answered in time." }));
    expect(lines[0]).toBe(
      "UNKNOWN  Could not find out whether the token works. GET /debug_token was not answered in time.",
    );
    expect(lines).toContain("Do this      Check your network and run this again.");
  });

  it("has no row for an unknown fact", () => {
    const nothing = { type: null, appId: null, appName: null, userId: null, issuedAt: null, scopes: null } as const;
    const text = linesOf(aVerdict({ token: { ...nothing, expiry: { kind: "not_known" } } })).join("\n");
    expect(text).not.toMatch(/not known|^(?:Type|App|User ID|Issued|Expires|Permissions)\b/m);
  });

  it("shows steps that restore service before steps that can wait", () => {
    const lines = linesOf(aVerdict({ findings: [aFinding("revoked")] }));
    const step = lines.indexOf("  Do this    Generate a new token for the system user.");
    expect(lines.slice(step + 1, step + 3)).toEqual([
      "             Save the new token where your app reads it. Restart the app if it reads the token only at start.",
      "  Afterwards Find out who revoked the old token.",
    ]);
  });

  it("claims nothing about sending that Meta did not report", () => {
    const told = (sending: "available" | "limited" | "blocked" | null): string =>
      linesOf(aVerdict({ assets: [{ ...reached, sending }] })).join("\n");
    expect(told("available")).toContain("Phone number 1002: reached. Meta reports no sending block.");
    expect(told("blocked")).toContain("reached. Meta reports a sending block.");
    expect(told(null)).toMatch(/: reached$/m);
  });

  it("shows in one line how to continue after the expiry of a system user's token", () => {
    const ends = { expiry: { kind: "at", at: after(40 * DAY_MS) } } as const;
    expect(linesOf(aVerdict({ token: ends }))).toContainEqual(
      expect.stringMatching(/the expiration “Never”, if .* renew this token/),
    );
    const others = [
      aVerdict(),
      aVerdict({ token: { ...ends, type: "USER" } }),
      aVerdict({ token: ends, findings: [aFinding("revoked")] }),
      aVerdict({ token: ends, findings: [aFinding("app_blocked")] }),
    ];
    for (const verdict of others) expect(linesOf(verdict).join()).not.toMatch(/To avoid this expiry/);
  });
});
