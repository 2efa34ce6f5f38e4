import { describe, expect, it } from "vitest";
import { examine, type Question } from "../../src/token/examine.ts";
import type { Inspection, InspectionResult, Needs } from "../../src/token/inspection.ts";
import { fingerprintOf, Secret } from "../../src/token/secret/secret.ts";
import { aFailure, aFinding, anEvidence, anInspection, aPolicy, aVerdict, NOW } from "../support/builders.ts";
import { fakeToken } from "../support/fake-token.ts";

const secret = new Secret(fakeToken("examine"));
const token = { fingerprint: fingerprintOf(secret), tail: "tailtail" };

const answered = (fields: Partial<Inspection> = {}): InspectionResult => ({
  ok: true,
  inspection: anInspection({ token, ...fields }),
});
const healthy = answered();
const degraded = answered({ scopes: ["whatsapp_business_messaging"] });
const dead = answered({ liveness: { alive: false, error: null } });
const failed: InspectionResult = { ok: false, failure: aFailure(), token };

const NEEDS: Needs = { app: undefined, phoneNumberId: undefined, whatsappBusinessAccountId: undefined };

const run = async (results: readonly InspectionResult[], fields: Partial<Question> = {}) => {
  const pauses: number[] = [];
  const hadEarlierReads: boolean[] = [];
  const deps = {
    inspect: (_secret: Secret, { earlierReads }: Needs) => {
      hadEarlierReads.push(earlierReads !== undefined);
      return Promise.resolve(results[hadEarlierReads.length - 1] ?? failed);
    },
    now: () => NOW,
    wait: (ms: number) => {
      pauses.push(ms);
      return Promise.resolve();
    },
  };
  const question = { secret, needs: NEEDS, policy: aPolicy(), seenAlive: false, previous: null, ...fields };
  const verdict = await examine(deps, question);
  return { state: verdict.state, verdict, asked: hadEarlierReads.length, hadEarlierReads, pauses };
};

describe("earlier reads", () => {
  const read = { kind: "waba", id: "1001", reach: "reached", name: null, sending: null, obstacles: [] } as const;
  const earlierReads = [{ ...read, evidence: null, readAt: NOW }];
  it("are for the first inspection only, because only a new read confirms a problem", async () => {
    const needs = { ...NEEDS, earlierReads };
    expect((await run([degraded, degraded], { needs })).hadEarlierReads).toEqual([true, false]);
  });

  it("keep their time in the verdict", async () => {
    const { verdict } = await run([answered({ assets: earlierReads })]);
    expect(verdict.assets).toMatchObject([{ id: "1001", reach: "reached", readAt: NOW }]);
  });
});

describe("a first bad answer is asked again after two seconds", () => {
  it.each([
    ["healthy stands", [healthy], "healthy", 1],
    ["degraded, then healthy", [degraded, healthy], "healthy", 2],
    ["degraded twice", [degraded, degraded], "degraded", 2],
    ["dead, then healthy", [dead, healthy], "healthy", 2],
    ["dead twice", [dead, dead], "invalid", 2],
    ["dead, then degraded: the second stands", [dead, degraded], "degraded", 2],
    ["dead, then no answer", [dead, failed], "unknown", 2],
    ["no answer is not asked again here", [failed], "unknown", 1],
  ] as const)("%s", async (_name, results, state, times) => {
    const { asked, pauses, ...found } = await run(results);
    expect(found.state).toBe(state);
    expect(asked).toBe(times);
    expect(pauses).toEqual(times === 2 ? [2_000] : []);
  });

  it("keeps what the first proved with a call that gives no answer in the second", async () => {
    const phone = { kind: "phone", id: "1002", evidence: anEvidence({ call: "GET /1002" }) } as const;
    const refused = { ...phone, reach: "refused", error: { code: 100, subcode: 33, message: "no access" } } as const;
    const silent = { ...phone, reach: "not_known", failure: aFailure(), proofRefused: false } as const;
    const first = answered({ assets: [refused] });
    const kept = await run([first, answered({ assets: [silent] })]);
    expect(kept.verdict).toMatchObject({
      state: "degraded",
      findings: [
        { code: "phone_unreachable", objects: ["1002"], notRecheckedSince: NOW },
        { code: "reach_not_checked" },
      ],
      assets: [{ reach: "not_known" }],
    });
    const reached = { ...phone, reach: "reached", name: null, sending: null, obstacles: [] } as const;
    expect((await run([first, answered({ assets: [reached] })])).state).toBe("healthy");
    expect((await run([first, failed])).state).toBe("unknown");
    // When a dead token is alive again, no finding about its death is left.
    expect((await run([dead, answered({ assets: [silent] })])).verdict.findings).toMatchObject([
      { code: "reach_not_checked", notRecheckedSince: null },
    ]);
  });

  it.each([
    ["the same finding of the same token is no news", { fingerprint: token.fingerprint }, "scope_missing", 1],
    ["the same finding of another token is", { fingerprint: "bbbbbbbbbbbb" }, "scope_missing", 2],
    ["another finding is", { fingerprint: token.fingerprint }, "phone_unreachable", 2],
  ] as const)("%s", async (_name, known, code, times) => {
    const previous = aVerdict({ token: known, findings: [aFinding(code)] });
    expect((await run([degraded, degraded], { previous })).asked).toBe(times);
  });

  it("a wrong shape is told without asking anybody", async () => {
    const { verdict, asked, pauses } = await run([], { secret: new Secret("1234") });
    expect(verdict).toMatchObject({ state: "invalid", findings: [{ code: "not_a_token" }] });
    // A short value, such as a password or a PIN, could be guessed from its fingerprint.
    expect(verdict.token).toMatchObject({ fingerprint: "", tail: "" });
    expect([asked, pauses]).toEqual([0, []]);
  });

  it.each([
    ["the last line of a .env file", `WHATSAPP_TOKEN=${fakeToken("examine")}\nPIN=4711`],
    ["the last key of JSON", JSON.stringify({ token: fakeToken("examine"), pin: "4711" })],
    ["a list of tokens", `${fakeToken("examine")}\n${fakeToken("second")}`],
  ])("a wrong shape shows no end of the value: %s may be another secret", async (_name, value) => {
    const { verdict } = await run([], { secret: new Secret(value) });
    expect(verdict.token).toMatchObject({ fingerprint: fingerprintOf(new Secret(value)), tail: "" });
  });

  it("a token seen alive before is revoked when it ends without a reason", async () => {
    expect((await run([dead, dead], { seenAlive: true })).state).toBe("revoked");
  });
});
