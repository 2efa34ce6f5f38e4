import { describe, expect, it } from "vitest";
import { canPutBack, endedOld, mayEndOld, mayPutBack } from "../../../src/renewal/rules/end-old.ts";
import type { Renewal } from "../../../src/renewal/renewal.ts";
import { fingerprintOf, Secret } from "../../../src/token/secret/secret.ts";
import { aFinding, anUnknown, NOW } from "../../support/builders.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { aRenewal, aResult, aToken, done, NEW } from "../renewals.ts";

const old = new Secret(fakeToken("old"));
const before = { fingerprint: fingerprintOf(old), expiry: { kind: "never" } } as const;
const used = done("obtain", "test", "write", "read_back", "in_use");
const dead = aToken({}, { state: "revoked", alive: false, findings: [aFinding("revoked")] });

describe("the old token may be ended", () => {
  const kept = { ok: true, secret: old } as const;
  const elsewhere = new Map([["orders-prod", NEW]]);
  const rows: readonly [
    string,
    Partial<Renewal>,
    Parameters<typeof mayEndOld>[1],
    ReadonlyMap<string, string>,
    object,
  ][] = [
    ["after in use", {}, kept, elsewhere, { kind: "may" }],
    ["after a failed try", { steps: [...used, aResult("end_old", "failed")] }, kept, elsewhere, { kind: "may" }],
    [
      "not before in use",
      { steps: done("obtain", "test", "write", "read_back") },
      kept,
      elsewhere,
      { kind: "not_now" },
    ],
    [
      "not while in use is not proven",
      { steps: [...used.slice(0, 4), aResult("in_use", "not_proven")] },
      kept,
      elsewhere,
      { kind: "not_now" },
    ],
    ["not twice", { steps: [...used, ...done("end_old")] }, kept, elsewhere, { kind: "not_now" }],
    ["not after the end", { endedAt: NOW, outcome: "cancelled" }, kept, elsewhere, { kind: "not_now" }],
    ["not at work", { working: true }, kept, elsewhere, { kind: "not_now" }],
    [
      "not while a watch uses it",
      {},
      kept,
      new Map([["crm-prod", before.fingerprint]]),
      { kind: "refuse", detail: { kind: "old_still_used", watches: ["crm-prod"] } },
    ],
    [
      "never without an old token",
      { before: null },
      kept,
      elsewhere,
      { kind: "skip", detail: { kind: "no_old_token" } },
    ],
    [
      "never when the string is the same",
      { after: before },
      kept,
      elsewhere,
      { kind: "skip", detail: { kind: "same_string" } },
    ],
    [
      "never when it was dead at the start",
      { before: { ...before, dead: true } },
      kept,
      elsewhere,
      { kind: "skip", detail: { kind: "old_already_dead" } },
    ],
    [
      "never after its own end",
      { before: { ...before, expiry: { kind: "at", at: NOW } } },
      kept,
      elsewhere,
      { kind: "skip", detail: { kind: "old_already_dead" } },
    ],
    [
      "when its own end is not known",
      { before: { ...before, expiry: { kind: "not_known" } } },
      kept,
      elsewhere,
      { kind: "may" },
    ],
    [
      "never without a copy",
      { previousKept: false },
      kept,
      elsewhere,
      { kind: "skip", detail: { kind: "old_not_readable" } },
    ],
    [
      "never with an empty copy",
      {},
      { ok: true, secret: null },
      elsewhere,
      { kind: "skip", detail: { kind: "old_not_readable" } },
    ],
    [
      "not while the copy cannot be read",
      {},
      { ok: false, message: "EACCES" },
      elsewhere,
      { kind: "refuse", detail: { kind: "not_ended", message: "EACCES" } },
    ],
    [
      "never with a copy of another token",
      {},
      { ok: true, secret: new Secret(fakeToken("third")) },
      elsewhere,
      { kind: "skip", detail: { kind: "old_not_readable" } },
    ],
  ];

  it.each(rows)("%s", (_, fields, previous, fingerprints, expected) => {
    expect(mayEndOld(aRenewal({ before, steps: used, ...fields }), previous, fingerprints, NOW)).toMatchObject(
      expected,
    );
  });
});

describe("after a revocation", () => {
  const fresh = aToken({ fingerprint: NEW });
  it.each([
    ["the old one is dead, the new one alive", dead, fresh, null, "done", "ended"],
    ["Meta refused, but the old one is dead", dead, fresh, "No.", "done", "ended"],
    ["both are dead", dead, dead, null, "failed", "both_dead"],
    ["the old one is alive", aToken(), fresh, null, "failed", "not_ended"],
    ["the old one is not known", anUnknown(), fresh, null, "not_proven", "revoke_unanswered"],
    ["the new one is not known", dead, anUnknown(), null, "not_proven", "new_not_checked"],
    ["the new one is dead, the old one alive", aToken(), dead, null, "failed", "new_dead"],
    ["the new one is dead, the old one not known", anUnknown(), dead, null, "failed", "new_dead"],
  ] as const)("%s", (_, oldVerdict, current, refusal, state, kind) => {
    expect(endedOld({ old: oldVerdict, current }, refusal)).toMatchObject({ state, detail: { kind } });
  });

  it("gives Meta's refusal as the reason", () => {
    expect(endedOld({ old: aToken(), current: fresh }, "No.").detail).toEqual({ kind: "not_ended", message: "No." });
  });
});

describe("the old token can be put back", () => {
  it.each([
    ["after the write", { steps: done("obtain", "test", "write") }, true],
    ["after in use", { steps: used }, true],
    ["not when a person saved the new one", { steps: [...done("obtain", "test"), aResult("write", "skipped")] }, false],
    ["not when nothing was kept", { steps: used, previousKept: false }, false],
    ["not after the old one was ended", { steps: [...used, ...done("end_old")] }, false],
    ["not when both are dead", { steps: [...used, aResult("end_old", "failed", { kind: "both_dead" })] }, false],
    ["not after the end", { steps: used, endedAt: NOW }, false],
    ["not at work", { steps: used, working: true }, false],
    ["not when there was none", { steps: used, before: null }, false],
  ] as const)("%s", (_, fields, expected) => {
    expect(canPutBack(aRenewal(fields))).toBe(expected);
  });

  it("one that was dead at the start is not offered", () => {
    const { before: known } = aRenewal();
    expect(canPutBack(aRenewal({ steps: used, before: known && { ...known, dead: true } }))).toBe(false);
  });

  it("a dead one never is", () => {
    expect(mayPutBack(aRenewal({ steps: used }), aToken())).toBe(true);
    expect(mayPutBack(aRenewal({ steps: used }), dead)).toBe(false);
  });
});
