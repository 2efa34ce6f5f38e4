import { describe, expect, it } from "vitest";
import { mrkdwnText } from "../../../../src/slack/kit/spans.ts";
import { factsOf } from "../../../../src/slack/check/verdict/facts.ts";
import { findingLines } from "../../../../src/slack/check/verdict/findings.ts";
import type { Verdict } from "../../../../src/token/verdict.ts";
import { aFinding, after, anEvidence, aVerdict, NOW } from "../../../support/builders.ts";

const show = (at: Date): string => at.toISOString().slice(0, 10);
const listed = (verdict: Verdict): readonly string[] => findingLines(verdict).map((line) => mrkdwnText(line, show));

describe("the list of findings", () => {
  it("leaves out the finding that is shown as the cause", () => {
    expect(listed(aVerdict({ findings: [aFinding("scope_missing")] }))).toEqual([]);
    const dateless = { expiry: { kind: "not_known" } } as const;
    expect(listed(aVerdict({ token: dateless, findings: [aFinding("expiry_not_known")] }))).toEqual([]);
  });

  it("shows the others with their own advice, and with their call if it differs", () => {
    const evidence = anEvidence({ call: "GET /1002", code: 100, trace: null });
    const verdict = aVerdict({
      findings: [
        aFinding("scope_missing"),
        aFinding("phone_unreachable", { objects: ["1002"], evidence }),
        aFinding("waba_unreachable", { objects: ["1001"] }),
        aFinding("scope_extra", { severity: "info", objects: ["ads_read"], notRecheckedSince: NOW }),
      ],
    });
    expect(listed(verdict)).toEqual([
      "*Critical:* This token cannot reach the phone number `1002`. Meta says that it does not exist, or that the token has no access to it. Check the IDs of the phone number and the WhatsApp account: `WHATSAPP_PHONE_NUMBER_ID` and `WHATSAPP_BUSINESS_ACCOUNT_ID`, or the watchlist. If one is wrong, only correct it. Assign the WhatsApp account to the system user. Generate a new token for the system user. Save the new token where your app reads it. Restart the app if it reads the token only at start. (GET /1002, HTTP 200, code 100, 2026-11-22)",
      "*Critical:* This token cannot reach the WhatsApp account `1001`. Meta says that a permission for it is missing.",
      "*Note:* The token also has `ads_read`, which is not needed here. Not re-checked since 2026-11-22. Leave `ads_read` out of the next token, so that it can do no more than its job.",
    ]);
  });

  it("gives no second advice to an API Setup token", () => {
    const verdict = aVerdict({
      findings: [aFinding("expires_soon"), aFinding("temporary_token"), aFinding("not_system_user")],
    });
    expect(listed(verdict)).toEqual([
      "*Warning:* This is a temporary token from the API Setup page. It lasts a few hours.",
      "*Warning:* This is not a system user's token. It depends on the account of a person or a page.",
    ]);
  });

  it("keeps calls that do not prove the state", () => {
    const evidence = anEvidence({ call: "GET /1002" });
    expect(listed(aVerdict({ findings: [aFinding("phone_unreachable", { evidence })] }))[0]).toContain("GET /1002");
  });

  it("formats the end of data access like the other dates", () => {
    const at = after(-86_400_000);
    const verdict = aVerdict({
      findings: [aFinding("scope_missing"), aFinding("data_access_ended", { facts: { kind: "end", at, past: true } })],
      token: { dataAccess: { kind: "at", at } },
    });
    expect(listed(verdict)[0]).toContain("*Warning:* Access to user data ended 2026-11-21.");
  });
});

describe("when it ends", () => {
  const DAY_MS = 86_400_000;
  const at = (ms: number) => ({ expiry: { kind: "at", at: after(ms) } }) as const;

  it.each<[string, Verdict, string]>([
    ["alive", aVerdict({ token: at(DAY_MS) }), "Expires: 2026-11-23 (in 1 day)"],
    ["past", aVerdict({ token: at(-DAY_MS) }), "Expiry date: 2026-11-21 (1 day ago)"],
    ["revoked", aVerdict({ findings: [aFinding("revoked")] }), "Planned expiry: never"],
    [
      "revoked after its date",
      aVerdict({ findings: [aFinding("revoked")], token: at(-DAY_MS) }),
      "Planned expiry: 2026-11-21 (1 day ago)",
    ],
  ])("%s", (_what, verdict, field) => {
    const [first] = factsOf(verdict, NOW);
    expect(`${first?.label ?? ""}: ${mrkdwnText(first?.value ?? [], show)}`).toBe(field);
  });

  it("has no row when it is not known", () => {
    const verdict = aVerdict({ findings: [aFinding("expired")], token: { expiry: { kind: "not_known" } } });
    expect(factsOf(verdict, NOW).map(({ label }) => label)).not.toContain("Ended");
  });
});
