import { describe, expect, it } from "vitest";
import { verdictText } from "../../src/cli/verdict-text.ts";
import { DAY_MS } from "../../src/token/duration.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { aFailure, aFinding, after, anEvidence, aVerdict, anUnknown } from "../support/builders.ts";

const linesOf = (verdict: Verdict): readonly string[] => verdictText(verdict, "it", (_style, text) => text).split("\n");

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
  it("leads with the finding that makes the state, whatever finding comes first", () => {
    const late = aFinding("expires_soon", { severity: "critical" });
    const verdict = aVerdict({
      findings: [late, aFinding("phone_unreachable")],
      assets: [{ ...asset, reach: "refused" }],
    });
    expect(linesOf(verdict)[0]).toBe("DEGRADED  A sentence about phone_unreachable.");
  });

  it("says when the expiry of a healthy token is not known", () => {
    const dateless = aVerdict({ token: { expiry: { kind: "not_known" } } });
    expect(linesOf(dateless)[0]).toMatch(/^HEALTHY .*but not everything was checked: .*; when it ends\.$/);
    expect(linesOf(aVerdict())[0]).not.toContain("when it ends");
  });

  it("claims nothing about a dead token that Meta did not report", () => {
    const dead = aVerdict({ findings: [aFinding("revoked")], token: { scopes: null }, assets: [asset] });
    expect(linesOf(dead)).toEqual(
      expect.arrayContaining([
        "Would expire never",
        "Permissions  Meta lists no permissions of a dead token",
        "Phone number 1002: not checked, because the token is dead",
      ]),
    );
    const listed = aVerdict({ findings: [aFinding("revoked")], token: { expiry: { kind: "at", at: after(-1) } } });
    expect(linesOf(listed)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Expired {6}/),
        "Permissions  it had      whatsapp_business_messaging",
      ]),
    );
  });

  it("gives one next step for an API Setup token, with its part of the guide", () => {
    const findings = [
      aFinding("expires_soon", { remedy: "Use Never." }),
      aFinding("temporary_token", { remedy: "Make a system user's token." }),
    ];
    const lines = linesOf(aVerdict({ findings }));
    expect(lines.filter((line) => line.startsWith("  Do this"))).toEqual([
      "  Do this    Make a system user's token.",
      "  Do this    Make a system user's token.",
    ]);
    expect(lines).toContain("  Read       wa-token guide step 1");
    expect(lines).not.toContain("  Read       wa-token guide never");
  });

  it("leads to the guide with the IDs of the watch that was chosen by name", () => {
    const verdict = aVerdict({ findings: [aFinding("revoked")] });
    const text = verdictText(verdict, "it", (_style, words) => words, "orders-prod");
    expect(text).toContain("  Read       wa-token guide --watch orders-prod expired");
    const refused = anUnknown({ kind: "misconfigured", evidence: anEvidence({ code: 5 }) });
    expect(linesOf(refused)).toContain("Read         wa-token guide allow list");
  });

  it("recommends no new token or permission while Meta blocks the app", () => {
    const blocked = aFinding("app_blocked", { remedy: "Open the App Dashboard." });
    const findings = [blocked, aFinding("scope_missing"), aFinding("waba_unreachable")];
    const lines = linesOf(aVerdict({ findings }));
    const advice = lines.filter((line) => /^ {2}(?:Do this|Read)/.test(line));
    expect(new Set(advice)).toEqual(
      new Set(["  Do this    Open the App Dashboard.", "  Read       wa-token guide app blocked"]),
    );
  });

  it("recommends no new token when the account is restricted", () => {
    const evidence = anEvidence({ code: 131_031 });
    expect(linesOf(aVerdict({ findings: [aFinding("phone_unreachable", { evidence })] }))).toContain(
      "  Read       wa-token guide live",
    );
  });

  it.each([
    [
      "an id that was not read",
      { assets: [{ ...asset, failure: aFailure({ kind: "throttled" }) }, account] },
      "ALIVE, NOT FULLY CHECKED  The token is alive, but not everything was checked: the phone number 1002 (Meta limits how often it answers).",
    ],
    [
      "no id at all",
      {},
      "HEALTHY  The token is alive, but not everything was checked: whether it reaches a phone number or WhatsApp account (no id is set).",
    ],
    [
      "the account's id is not set",
      { assets: [reached] },
      "HEALTHY  The token is alive, but not everything was checked: whether it reaches a WhatsApp account (no id is set).",
    ],
    [
      "the number's id is not set",
      { assets: [account] },
      "HEALTHY  The token is alive, but not everything was checked: whether it reaches a phone number (no id is set).",
    ],
    [
      "an id that is not set, beside a problem",
      { assets: [reached], findings: [aFinding("scope_missing")] },
      "DEGRADED  A sentence about scope_missing.",
    ],
    [
      "warnings",
      { assets: [reached, account], findings: [aFinding("other_account"), aFinding("temporary_token")] },
      "HEALTHY  The token is alive. Warning: the phone number belongs to another WhatsApp account; it is a temporary token.",
    ],
    [
      "an id that was not read beside a problem",
      { assets: [asset], findings: [aFinding("scope_missing")] },
      "DEGRADED  A sentence about scope_missing. Not checked: the phone number 1002.",
    ],
    ["nothing", { assets: [reached, account] }, "HEALTHY  The token is alive, and no check found a problem."],
  ] as const)("says in the first line what the state word hides: %s", (_what, fields, first) => {
    expect(linesOf(aVerdict(fields))[0]).toBe(first);
  });

  it("offers a way to test the reach when no ID is set", () => {
    const offer = expect.stringMatching(
      /^Reach +not tested\. Set WHATSAPP_PHONE_NUMBER_ID .* use --watch with a watch that has IDs$/,
    );
    expect(linesOf(aVerdict())).toContainEqual(offer);
    for (const verdict of [aVerdict({ assets: [reached] }), aVerdict({ findings: [aFinding("expired")] })])
      expect(linesOf(verdict)).not.toContainEqual(offer);
  });

  it.each([
    [190, "Read         wa-token guide app secret"],
    [5, "Read         wa-token guide allow list"],
  ])("leads to the part of the guide that helps with code %i", (code, line) => {
    const unknown = anUnknown({ kind: "misconfigured", evidence: anEvidence({ code }) });
    expect(linesOf(unknown)).toContain(line);
  });

  it("promises no more about sending than Meta reported", () => {
    const told = (sending: "available" | "limited" | "blocked" | null): string =>
      linesOf(aVerdict({ assets: [{ ...reached, sending }] })).join("\n");
    expect(told("available")).toContain("Phone number 1002: reached, no sending block reported");
    expect(told("blocked")).toContain("reached, sending blocked");
    expect(told(null)).toMatch(/: reached$/m);
  });

  it("says in one line how to get past the end of a system user's token", () => {
    const ends = { expiry: { kind: "at", at: after(40 * DAY_MS) } } as const;
    expect(linesOf(aVerdict({ token: ends }))).toContainEqual(
      expect.stringMatching(/expiration Never .* renew this one/),
    );
    const others = [
      aVerdict(),
      aVerdict({ token: { ...ends, type: "USER" } }),
      aVerdict({ token: ends, findings: [aFinding("revoked")] }),
      aVerdict({ token: ends, findings: [aFinding("app_blocked")] }),
    ];
    for (const verdict of others) expect(linesOf(verdict).join()).not.toMatch(/To get past this end/);
  });
});
