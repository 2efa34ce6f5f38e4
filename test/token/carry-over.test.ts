import { describe, expect, it } from "vitest";
import { carryOver } from "../../src/token/carry-over.ts";
import { DAY_MS } from "../../src/token/duration.ts";
import { NEVER, NOT_KNOWN } from "../../src/token/expiry.ts";
import type { FindingCode } from "../../src/token/findings/finding.ts";
import type { AssetVerdict, Verdict } from "../../src/token/verdict.ts";
import {
  aFailure,
  aFinding,
  after,
  anEvidence,
  anExpiring,
  anUnknown,
  aVerdict,
  NOW,
  SCOPES,
} from "../support/builders.ts";

const PHONE = "100000000002001";
const WABA = "100000000001001";

const asset = (kind: "phone" | "waba", fields: Partial<AssetVerdict> = {}): AssetVerdict => ({
  kind,
  id: kind === "phone" ? PHONE : WABA,
  name: null,
  reach: "not_known",
  sending: null,
  failure: aFailure(),
  ...fields,
});

const before = (code: FindingCode, ...objects: readonly string[]): Verdict =>
  aVerdict({ findings: [aFinding(code, { objects })], threshold: code === "expires_soon" ? "7d" : null });

const codes = (verdict: Verdict): readonly string[] => verdict.findings.map((finding) => finding.code);

describe("a finding is removed by an answer of its call only", () => {
  it.each([
    ["the permissions were not told", before("scope_missing", "a"), aVerdict({ token: { scopes: null } }), true],
    ["the permissions were told", before("scope_missing", "a"), aVerdict(), false],
    ["the app was not told", before("wrong_app"), aVerdict({ token: { appId: null } }), true],
    ["the app was told", before("wrong_app"), aVerdict(), false],
    ["the date was not told", before("expires_soon"), aVerdict({ token: { expiry: NOT_KNOWN } }), true],
    ["the date was told", before("expires_soon"), aVerdict({ token: { expiry: NEVER } }), false],
    [
      "the date of another token was not told",
      before("expires_soon"),
      aVerdict({ token: { expiry: NOT_KNOWN, fingerprint: "bbbbbbbbbbbb" } }),
      false,
    ],
    ["the read of the phone failed", before("phone_unreachable", PHONE), aVerdict({ assets: [asset("phone")] }), true],
    [
      "the phone was reached",
      before("phone_unreachable", PHONE),
      aVerdict({ assets: [asset("phone", { reach: "reached", failure: null })] }),
      false,
    ],
    [
      "the read of an account with the phone's id failed",
      before("phone_unreachable", PHONE),
      aVerdict({ assets: [asset("phone", { reach: "reached" }), asset("waba", { id: PHONE })] }),
      false,
    ],
    ["the phone is no longer configured", before("phone_unreachable", PHONE), aVerdict(), false],
    ["the read of the account failed", before("waba_unreachable", WABA), aVerdict({ assets: [asset("waba")] }), true],
    ["the block was not looked at", before("sending_blocked", PHONE), aVerdict({ assets: [asset("phone")] }), true],
    [
      "the phone was reached and sending not told",
      before("sending_blocked", PHONE),
      aVerdict({ assets: [asset("phone", { reach: "reached" })] }),
      true,
    ],
    [
      "sending was told",
      before("sending_blocked", PHONE),
      aVerdict({ assets: [asset("phone", { reach: "reached", sending: "available" })] }),
      false,
    ],
    [
      "the phone is refused now",
      before("sending_blocked", PHONE),
      aVerdict({ assets: [asset("phone", { reach: "refused" })] }),
      false,
    ],
    ["the app was not asked about", before("app_blocked", PHONE), aVerdict({ assets: [asset("phone")] }), true],
    [
      "the phone was reached, the app is free again",
      before("app_blocked", PHONE),
      aVerdict({ assets: [asset("phone", { reach: "reached", failure: null })] }),
      false,
    ],
    [
      "the phone is refused for itself now",
      before("app_blocked", PHONE),
      aVerdict({ assets: [asset("phone", { reach: "refused", failure: null })] }),
      false,
    ],
    [
      "the number's account was not told",
      before("other_account", PHONE),
      aVerdict({ assets: [asset("phone"), asset("waba", { reach: "reached" })] }),
      true,
    ],
    [
      "there is no account to compare with",
      before("other_account", PHONE),
      aVerdict({ assets: [asset("phone")] }),
      false,
    ],
    ["the registration was not told", before("not_registered", PHONE), aVerdict({ assets: [asset("phone")] }), true],
    [
      "the registration was told",
      before("not_registered", PHONE),
      aVerdict({ assets: [asset("phone", { reach: "reached" })] }),
      false,
    ],
    ["what was not read then", before("reach_not_checked", PHONE), aVerdict({ assets: [asset("phone")] }), false],
    [
      "the reading permission was not judged, a read failed",
      before("scope_missing", SCOPES[1]),
      aVerdict({ token: { scopes: [SCOPES[0]] }, assets: [asset("phone")] }),
      true,
    ],
    [
      "the reading permission was judged by reads",
      before("scope_missing", SCOPES[1]),
      aVerdict({ token: { scopes: [SCOPES[0]] }, assets: [asset("phone", { reach: "reached" })] }),
      false,
    ],
    [
      "the reading permission is listed, a read failed",
      before("scope_missing", SCOPES[1]),
      aVerdict({ assets: [asset("phone")] }),
      false,
    ],
    [
      "another permission is not judged by reads",
      before("scope_missing", SCOPES[0]),
      aVerdict({ token: { scopes: [SCOPES[1]] }, assets: [asset("phone")] }),
      false,
    ],
    ["a warning without a state", before("proof_refused", PHONE), aVerdict({ assets: [asset("phone")] }), false],
    ["a dead token that lives again", before("revoked"), aVerdict(), false],
  ])("%s", (_name, previous, next, carried) => {
    const verdict = carryOver(previous, next);
    expect(codes(verdict)).toEqual(carried ? codes(previous) : []);
    expect(verdict.state).toBe(carried ? previous.state : "healthy");
  });

  it("carries the time of the last proof, through any number of rounds", () => {
    const proved = after(-DAY_MS);
    const findings = [aFinding("phone_unreachable", { objects: [PHONE], evidence: anEvidence({ at: proved }) })];
    const unanswered = aVerdict({ assets: [asset("phone")] });
    const once = carryOver(aVerdict({ findings }), unanswered);
    const twice = carryOver(once, { ...unanswered, checkedAt: after(DAY_MS) });
    expect(twice.findings[0]?.notRecheckedSince).toEqual(proved);
    expect(twice.findings[0]?.evidence?.at).toEqual(proved);
  });

  it("keeps the threshold that an expiry not re-checked rests on", () => {
    const previous = anExpiring("7d", after(5 * DAY_MS));
    expect(carryOver(previous, aVerdict({ token: { expiry: NOT_KNOWN } })).threshold).toBe("7d");
  });

  it("names the objects of both when one is proved anew", () => {
    const next = aVerdict({
      findings: [aFinding("sending_blocked", { objects: [WABA] })],
      assets: [asset("phone"), asset("waba", { reach: "reached", sending: "blocked" })],
    });
    const [finding, ...others] = carryOver(before("sending_blocked", PHONE, WABA), next).findings;
    expect(finding?.objects).toEqual([WABA, PHONE]);
    expect(finding?.notRecheckedSince).toBeNull();
    expect(others).toEqual([]);
  });

  it("names an object once, however often what was proved about it is carried over", () => {
    const previous = before("phone_unreachable", PHONE);
    const unanswered = aVerdict({ assets: [asset("phone")] });
    const twice = carryOver(previous, carryOver(previous, unanswered));
    expect(twice.findings.map(({ objects }) => objects)).toEqual([[PHONE]]);
  });

  it("puts what is carried in its place by severity", () => {
    const next = aVerdict({ findings: [aFinding("expiry_not_known")], assets: [asset("phone")] });
    expect(codes(carryOver(before("phone_unreachable", PHONE), next))).toEqual([
      "phone_unreachable",
      "expiry_not_known",
    ]);
  });

  it("adds nothing to unknown, to a dead token or to a first verdict", () => {
    const previous = before("phone_unreachable", PHONE);
    const dead = aVerdict({ findings: [aFinding("revoked")], assets: [asset("phone")] });
    for (const next of [anUnknown(), dead]) expect(carryOver(previous, next)).toBe(next);
    const first = aVerdict({ checkedAt: NOW });
    expect(carryOver(null, first)).toBe(first);
  });
});

it("the last answer is that of the new round, though the state rests on an older one", () => {
  const earlier = anEvidence({ call: `GET /${PHONE}`, at: after(-DAY_MS) });
  const previous = aVerdict({ findings: [aFinding("phone_unreachable", { objects: [PHONE], evidence: earlier })] });
  const next = aVerdict({ assets: [asset("phone")], answer: anEvidence({ at: after(DAY_MS) }) });
  const verdict = carryOver(previous, next);
  expect(verdict.evidence).toEqual(earlier);
  expect(verdict.answer?.at).toEqual(after(DAY_MS));
});

describe("the name of a number", () => {
  const named = aVerdict({ assets: [asset("phone", { name: "Example Shop", reach: "reached" })] });

  it.each([
    ["nobody could read it", aVerdict({ assets: [asset("phone")] })],
    ["the token is dead", aVerdict({ findings: [aFinding("revoked")], assets: [asset("phone")] })],
  ])("stays known when %s", (_name, next) => {
    expect(carryOver(named, next).assets).toEqual([asset("phone", { name: "Example Shop" })]);
  });

  it("is the latest, and never another one's", () => {
    const renamed = aVerdict({ assets: [asset("phone", { name: "New Shop" })] });
    expect(carryOver(named, renamed)).toBe(renamed);
    for (const other of [asset("phone", { id: "2" }), asset("waba", { id: PHONE })]) {
      const next = aVerdict({ assets: [other] });
      expect(carryOver(named, next)).toBe(next);
    }
  });
});
