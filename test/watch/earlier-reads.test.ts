import { describe, expect, it } from "vitest";
import type { Needs } from "../../src/token/inspection.ts";
import type { AssetVerdict, Verdict } from "../../src/token/verdict.ts";
import { earlierReadsOf } from "../../src/watch/earlier-reads.ts";
import { aFailure, aFinding, after, aVerdict, NOW } from "../support/builders.ts";

const MINUTE = 60_000;
const FINGERPRINT = "abcdefabcdef";
const NEEDS: Omit<Needs, "app"> = { phoneNumberId: "1002", whatsappBusinessAccountId: "1001" };

const asset = (kind: AssetVerdict["kind"], id: string, fields: Partial<AssetVerdict> = {}): AssetVerdict => ({
  kind,
  id,
  name: "Example Shop",
  reach: "reached",
  sending: "available",
  failure: null,
  ...fields,
});
const phone = asset("phone", "1002");
const waba = asset("waba", "1001");
const token = { fingerprint: FINGERPRINT };
const well = (fields: Parameters<typeof aVerdict>[0] = {}): Verdict =>
  aVerdict({ token, assets: [phone, waba], ...fields });

const factOf = ({ kind, id, name, sending }: AssetVerdict, readAt: Date) => {
  const read = { reach: "reached", sending, obstacles: [], evidence: null };
  return { kind, id, name, ...read, readAt };
};

const earlier = (previous: Verdict | null, atMs = 15 * MINUTE, needs = NEEDS) =>
  earlierReadsOf({ verdict: previous, failing: null }, needs, FINGERPRINT, after(atMs));

describe("the reads of the previous check", () => {
  it("are facts with the time when they were made", () => {
    const older = asset("phone", "1002", { readAt: after(-20 * MINUTE) });
    expect(earlier(well({ assets: [waba, older] }))).toEqual([factOf(older, after(-20 * MINUTE)), factOf(waba, NOW)]);
  });

  it.each<[string, Verdict]>([
    ["without findings", well()],
    ["with findings about the token", well({ findings: [aFinding("scope_extra"), aFinding("temporary_token")] })],
    ["of a token that will expire", well({ findings: [aFinding("expires_soon")] })],
  ])("count %s", (_name, previous) => {
    expect(earlier(previous)).toHaveLength(2);
  });

  it.each<[string, Verdict | null]>([
    ["there was no check", null],
    ["it checked another token", well({ token: { fingerprint: "bbbbbbbbbbbb" } })],
    ["the watch lacked an ID", well({ assets: [phone] })],
    ["the watch had another ID", well({ assets: [phone, asset("waba", "1009")] })],
    ["the two IDs were swapped", well({ assets: [asset("phone", "1001"), asset("waba", "1002")] })],
    ["a read failed", well({ assets: [phone, asset("waba", "1001", { reach: "not_known", failure: aFailure() })] })],
    ["a read was refused", well({ assets: [phone, asset("waba", "1001", { reach: "refused" })] })],
    ["a read is too old", well({ assets: [phone, asset("waba", "1001", { readAt: after(-45 * MINUTE) })] })],
    ["the clock was set back", well({ assets: [phone, asset("waba", "1001", { readAt: after(16 * MINUTE) })] })],
    ["the number is not registered", well({ findings: [aFinding("not_registered")] })],
    ["sending is limited", well({ findings: [aFinding("sending_limited")] })],
    ["a permission is missing", well({ findings: [aFinding("scope_missing")] })],
    ["the token is of another app", well({ findings: [aFinding("wrong_app")] })],
  ])("do not count when %s", (_name, previous) => {
    expect(earlier(previous)).toBeUndefined();
  });

  it("do not count after a check without an answer, and for a watch without a state", () => {
    const failing = { since: NOW, tries: 1, failure: aFailure({ kind: "app_blocked" }) };
    expect(earlierReadsOf({ verdict: well(), failing }, NEEDS, FINGERPRINT, after(MINUTE))).toBeUndefined();
    expect(earlierReadsOf(undefined, NEEDS, FINGERPRINT, after(MINUTE))).toBeUndefined();
  });

  it("count for less than an hour, and for the configured IDs only", () => {
    expect(earlier(well(), 60 * MINUTE - 1)).toHaveLength(2);
    expect(earlier(well(), 60 * MINUTE)).toBeUndefined();
    expect(earlier(well(), MINUTE, { ...NEEDS, phoneNumberId: undefined })).toHaveLength(1);
  });
});
