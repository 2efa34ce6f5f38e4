import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RenewSettings } from "../../../src/renewal/ports.ts";
import type { Renewal } from "../../../src/renewal/renewal.ts";
import { isDueUnattended, speakingThresholds, spreadOf } from "../../../src/renewal/rules/unattended.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import { aFinding, after, anUnknown, durations, NOW } from "../../support/builders.ts";
import { aRenewal, aToken, DAY } from "../renewals.ts";

const write = { kind: "file", path: "/run/token" } as const;
const settings: RenewSettings = { write, beforeMs: 20 * DAY, proofs: [] };
const ending = (days: number): Verdict => aToken({ expiry: { kind: "at", at: after(days * DAY) } });
/** A token that ends in some days, issued some days ago. */
const lived = (left: number, age: number | null): Verdict =>
  aToken({ expiry: { kind: "at", at: after(left * DAY) }, issuedAt: age === null ? null : after(-age * DAY) });
const endedBefore = (days: number, fields: Partial<Renewal> = {}): Renewal =>
  aRenewal({ endedAt: after(-days * DAY), outcome: "failed", ...fields });

const own = aToken({ fingerprint: aRenewal().before?.fingerprint ?? "", expiry: { kind: "at", at: after(DAY) } });
const next = aToken({ fingerprint: "cccccccccccc", expiry: { kind: "at", at: after(DAY) } });

describe("a refresh by the bot itself is due", () => {
  const rows: readonly [string, Verdict | null, Partial<RenewSettings>, Renewal | undefined, number, boolean][] = [
    ["when `before` is reached", ending(20), {}, undefined, 0, true],
    ["not earlier", ending(20.001), {}, undefined, 0, false],
    ["later by the jitter", ending(19.5), {}, undefined, 0.6, false],
    ["after the jitter", ending(19.4), {}, undefined, 0.6, true],
    ["at the last moment", ending(0.001), {}, undefined, 0.999, true],
    ["not after the end", ending(0), {}, undefined, 0, false],
    ["not in the first half of the token's life", lived(31, 29), { beforeMs: 59 * DAY }, undefined, 0, false],
    ["in the second half of the token's life", lived(30, 30), { beforeMs: 59 * DAY }, undefined, 0, true],
    ["after the jitter in the second half", lived(29.5, 30.5), { beforeMs: 59 * DAY }, undefined, 0.6, false],
    ["not for a new token with a short life", lived(15, 1), {}, undefined, 0, false],
    [
      "by `before` alone when the token's start is not known",
      lived(50, null),
      { beforeMs: 59 * DAY },
      undefined,
      0,
      true,
    ],
    ["by `before` alone when the token's start is after its end", lived(9, -10), {}, undefined, 0, true],
    ["never without `before`", ending(1), { beforeMs: undefined }, undefined, 0, false],
    ["never without `write`", ending(1), { write: undefined }, undefined, 0, false],
    ["never before the first check", null, {}, undefined, 0, false],
    ["never while one is open", ending(1), {}, aRenewal(), 0, false],
    ["not within a day after a failure", ending(1), {}, endedBefore(0.99), 0, false],
    ["a day after a failure", ending(1), {}, endedBefore(1), 0, true],
    ["never for a token that a person put back", own, {}, endedBefore(9, { outcome: "put_back" }), 0, false],
    ["never when a person cancelled its refresh", own, {}, endedBefore(9, { outcome: "cancelled" }), 0, false],
    [
      "when a person cancelled only a checklist",
      own,
      {},
      endedBefore(9, { outcome: "cancelled", way: "given" }),
      0,
      true,
    ],
    ["for the token after the one put back", next, {}, endedBefore(9, { outcome: "put_back" }), 0, true],
    [
      "for the same string with a later end",
      own,
      {},
      endedBefore(9, { outcome: "cancelled", after: aRenewal().before }),
      0,
      true,
    ],
    ["never for a Never token", aToken({ expiry: { kind: "never" } }), {}, undefined, 0, false],
    ["never for a user's token", aToken({ type: "USER" }), {}, undefined, 0, false],
    [
      "never for a dead token",
      aToken({}, { state: "revoked", alive: false, findings: [aFinding("revoked")] }),
      {},
      undefined,
      0,
      false,
    ],
    ["never on an unknown answer", anUnknown(), {}, undefined, 0, false],
  ];

  it.each(rows)("%s", (_, verdict, fields, last, random, expected) => {
    expect(isDueUnattended(verdict, { ...settings, ...fields }, last, NOW, random)).toBe(expected);
  });

  it("always before the token ends, for every jitter", () => {
    const minutes = fc.integer({ min: 10, max: 365 * 1_440 });
    fc.assert(
      fc.property(minutes, fc.double({ min: 0, max: 0.999, noNaN: true }), (before, random) => {
        const beforeMs = before * 60_000;
        const half = aToken({ expiry: { kind: "at", at: after(beforeMs / 2) } });
        expect(isDueUnattended(half, { ...settings, beforeMs }, undefined, NOW, random)).toBe(true);
      }),
    );
  });

  it("spreads tokens by their fingerprints", () => {
    expect(spreadOf("000000000000")).toBe(0);
    expect(spreadOf("800000000000")).toBe(0.5);
    expect(spreadOf("ffffffffffff")).toBeLessThan(1);
    expect(spreadOf("")).toBe(0);
  });
});

describe("the thresholds that warn", () => {
  const warnAt = durations("30d", "14d", "1d");
  const failed = aRenewal({ outcome: "failed", endedAt: NOW });
  const rows: readonly [string, RenewSettings | undefined, Verdict | null, Renewal | undefined, readonly string[]][] = [
    ["all without settings", undefined, ending(10), undefined, ["30d", "14d", "1d"]],
    ["all without `before`", { ...settings, beforeMs: undefined }, ending(10), undefined, ["30d", "14d", "1d"]],
    ["all without `write`", { ...settings, write: undefined }, ending(10), undefined, ["30d", "14d", "1d"]],
    ["not those longer than `before`", settings, ending(10), undefined, ["14d", "1d"]],
    ["not those longer than `before`, before the first check", settings, null, undefined, ["14d", "1d"]],
    ["all and `before` after a failure", settings, ending(10), failed, ["30d", "14d", "1d", "20d"]],
    [
      "all and `before` after a crash",
      settings,
      ending(10),
      { ...failed, outcome: "interrupted" },
      ["30d", "14d", "1d", "20d"],
    ],
    ["`before` once", { ...settings, beforeMs: 14 * DAY }, ending(10), failed, ["30d", "14d", "1d"]],
    ["`before` in hours", { ...settings, beforeMs: DAY / 2 }, ending(10), failed, ["30d", "14d", "1d", "12h"]],
    ["`before` in minutes", { ...settings, beforeMs: 90 * 60_000 }, ending(10), failed, ["30d", "14d", "1d", "90m"]],
    ["not after a later success", settings, ending(10), { ...failed, outcome: "done" }, ["14d", "1d"]],
    [
      "all and `before` while a person renews, so that the alert of a failed refresh stays",
      settings,
      ending(10),
      aRenewal({ way: "given" }),
      ["30d", "14d", "1d", "20d"],
    ],
    [
      "all and `before` after a failed paste",
      settings,
      ending(10),
      { ...failed, way: "given" },
      ["30d", "14d", "1d", "20d"],
    ],
    [
      "not while a person renews before the refresh is due",
      settings,
      ending(25),
      aRenewal({ way: "given" }),
      ["14d", "1d"],
    ],
    ["not after a person renewed", settings, ending(10), { ...failed, way: "given", outcome: "done" }, ["14d", "1d"]],
    [
      "all and `before` after a person put the old token back",
      settings,
      own,
      { ...failed, outcome: "put_back" },
      ["30d", "14d", "1d", "20d"],
    ],
    ["not for the token after it", settings, next, { ...failed, outcome: "put_back" }, ["14d", "1d"]],
    ["not without an end", settings, anUnknown(), aRenewal({ way: "given" }), ["14d", "1d"]],
    ["all for a token that cannot be refreshed", settings, aToken({ type: "USER" }), undefined, ["30d", "14d", "1d"]],
  ];

  it.each(rows)("%s", (_, given, verdict, last, expected) => {
    expect(speakingThresholds(warnAt, given, verdict, last).map(({ text }) => text)).toEqual(expected);
  });
});
