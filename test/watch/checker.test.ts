import { describe, expect, it } from "vitest";
import type { InspectionResult, Needs } from "../../src/token/inspection.ts";
import { fingerprintOf, Secret } from "../../src/token/secret/secret.ts";
import { type CheckerDeps, createChecker } from "../../src/watch/checker.ts";
import { aFailure, aFinding, after, anInspection, aPolicy, aVerdict, aWatch, NOW } from "../support/builders.ts";
import { fakeToken } from "../support/fake-token.ts";
import { keepLog } from "../support/keep-log.ts";
import { bookOf } from "../../src/watch/watch-book.ts";

const ALIVE: InspectionResult = { ok: true, inspection: anInspection() };
const token = new Secret(fakeToken("typed"));
const needed = aPolicy({ requiredScopes: ["business_management"] });

const setUp = (overrides: Partial<CheckerDeps> = {}) => {
  const asked: Needs[] = [];
  const { log, lines } = keepLog();
  const clock = { now: NOW, deployed: fakeToken("deployed") };
  const deps: CheckerDeps = {
    watches: bookOf([aWatch()]),
    defaults: { policy: aPolicy() },
    metaApp: undefined,
    readSource: () => Promise.resolve({ ok: true, secret: new Secret(clock.deployed), note: "read at start" }),
    inspect: (_, needs) => {
      asked.push(needs);
      return Promise.resolve(ALIVE);
    },
    now: () => clock.now,
    wait: () => Promise.resolve(),
    log,
    ...overrides,
  };
  return { checker: createChecker(deps), asked, clock, lines };
};

describe("an entered token", () => {
  it("is checked against the requirements of the named watch", async () => {
    const { checker, asked } = setUp({ watches: bookOf([aWatch({ policy: needed }), aWatch({ name: "other" })]) });
    const answer = await checker.checkToken(token, "orders-prod");
    expect(answer).toMatchObject({
      watch: "orders-prod",
      against: { requiredScopes: ["business_management"], phoneNumberId: "100000000002001" },
      reusedFrom: null,
      note: null,
    });
    expect(answer.verdict.state).toBe("degraded");
    expect(asked[0]).toMatchObject({ phoneNumberId: "100000000002001" });
  });

  it("without a watch is checked against the defaults and the IDs of the only watch", async () => {
    const { checker } = setUp({ watches: bookOf([aWatch({ policy: needed })]) });
    const answer = await checker.checkToken(token, undefined);
    expect(answer).toMatchObject({ watch: null, against: { phoneNumberId: "100000000002001" } });
    expect(answer.verdict.state).toBe("healthy");
  });

  it("is checked against the IDs that a person entered, instead of the required ones", async () => {
    const { checker, asked } = setUp({ watches: bookOf([aWatch(), aWatch({ name: "other" })]) });
    const ids = { phoneNumberId: "7", whatsappBusinessAccountId: undefined };
    expect((await checker.checkToken(token, undefined, ids)).against).toMatchObject(ids);
    expect((await checker.checkToken(token, "orders-prod", ids)).against).toMatchObject({
      phoneNumberId: "7",
      whatsappBusinessAccountId: "100000000001001",
    });
    expect(asked.map(({ phoneNumberId }) => phoneNumberId)).toEqual(["7", "7"]);
  });

  it("without a watch is checked against no IDs when there are several watches", async () => {
    const defaults = { policy: aPolicy(), phoneNumberId: "5" };
    const { checker, asked } = setUp({ watches: bookOf([aWatch(), aWatch({ name: "other" })]), defaults });
    const { against } = await checker.checkToken(token, undefined);
    expect(against).toMatchObject({ phoneNumberId: undefined, whatsappBusinessAccountId: undefined });
    expect(asked[0]).toMatchObject({ phoneNumberId: undefined });
  });

  it("is checked against the IDs of the defaults when there are no watches", async () => {
    const defaults = { policy: aPolicy(), phoneNumberId: "5", whatsappBusinessAccountId: "6" };
    const { checker } = setUp({ watches: bookOf([]), defaults });
    const { against } = await checker.checkToken(token, undefined);
    expect(against).toMatchObject({ phoneNumberId: "5", whatsappBusinessAccountId: "6" });
  });

  it("is examined again each time", async () => {
    const { checker, asked } = setUp();
    await checker.checkToken(token, "orders-prod");
    await checker.checkToken(token, "orders-prod");
    expect(asked).toHaveLength(2);
  });

  it("that was seen alive and died without a reason is revoked", async () => {
    const inspection = anInspection({ appId: null, liveness: { alive: false, error: null } });
    const recall = () => Promise.resolve({ verdict: null, aliveFingerprint: fingerprintOf(token), failing: null });
    const { checker } = setUp({ inspect: () => Promise.resolve({ ok: true, inspection }), recall });
    expect((await checker.checkToken(token, "orders-prod")).verdict.state).toBe("revoked");
    expect((await checker.checkToken(token, undefined)).verdict.state).toBe("invalid");
  });
});

describe("a deployed token", () => {
  it("is read from its source, with the source's remark", async () => {
    const { checker } = setUp();
    const answer = await checker.checkWatch("orders-prod");
    expect(answer).toMatchObject({ watch: "orders-prod", note: "read at start", reusedFrom: null });
    expect(answer.verdict.state).toBe("healthy");
  });

  it.each([
    [29_999, NOW, 1],
    [30_000, null, 2],
    [-1, null, 2],
  ])("after %d ms", async (laterMs, reusedFrom, inspections) => {
    const { checker, asked, clock } = setUp();
    await checker.checkWatch("orders-prod");
    clock.now = after(laterMs);
    expect((await checker.checkWatch("orders-prod")).reusedFrom).toEqual(reusedFrom);
    expect(asked).toHaveLength(inspections);
  });

  it("is examined again after it was replaced", async () => {
    const { checker, asked, clock } = setUp();
    await checker.checkWatch("orders-prod");
    clock.deployed = fakeToken("replacement");
    expect((await checker.checkWatch("orders-prod")).reusedFrom).toBeNull();
    expect(asked).toHaveLength(2);
  });

  it("is examined again after a check without an answer", async () => {
    let asked = 0;
    const { checker } = setUp({
      inspect: () => {
        asked++;
        return Promise.resolve({ ok: false, failure: aFailure(), token: null });
      },
    });
    expect((await checker.checkWatch("orders-prod")).verdict.state).toBe("unknown");
    expect((await checker.checkWatch("orders-prod")).reusedFrom).toBeNull();
    expect(asked).toBe(2);
  });

  it("is inspected once for concurrent checks", async () => {
    const { checker, asked } = setUp({ watches: bookOf([aWatch(), aWatch({ name: "other" })]) });
    const names = ["orders-prod", "orders-prod", "other"];
    const answers = await Promise.all(names.map((name) => checker.checkWatch(name)));
    expect(asked).toHaveLength(2);
    expect(answers.map(({ watch }) => watch)).toEqual(names);
    expect(answers.map(({ reusedFrom }) => reusedFrom)).toEqual([null, null, null]);
  });

  it("that cannot be read is unknown", async () => {
    const { checker } = setUp({ readSource: () => Promise.resolve({ ok: false, message: "The file is empty." }) });
    const { verdict } = await checker.checkWatch("orders-prod");
    expect(verdict).toMatchObject({ state: "unknown", failure: { kind: "unreadable", message: "The file is empty." } });
  });

  it("keeps a finding of a round until the call that proved it answers", async () => {
    const verdict = aVerdict({ findings: [aFinding("phone_unreachable", { objects: ["1"] })] });
    const asset = { kind: "phone", id: "1", evidence: null, reach: "not_known", failure: aFailure() } as const;
    const inspection = anInspection({ assets: [{ ...asset, proofRefused: false }] });
    const { checker } = setUp({
      inspect: () => Promise.resolve({ ok: true, inspection }),
      recall: () => Promise.resolve({ verdict, aliveFingerprint: null, failing: null }),
    });
    const answer = await checker.checkWatch("orders-prod");
    expect(answer.verdict).toMatchObject({
      state: "degraded",
      findings: [{ code: "phone_unreachable", notRecheckedSince: NOW }, { code: "reach_not_checked" }],
    });
  });

  it("is checked even while the store does not answer", async () => {
    const { checker, lines } = setUp({ recall: () => Promise.reject(new Error("locked")) });
    expect((await checker.checkWatch("orders-prod")).verdict.state).toBe("healthy");
    expect(lines).toMatchObject([{ level: 40, watch: "orders-prod" }]);
  });
});

describe("a watch that does not exist", () => {
  it("is refused, without repeating a token that was typed as its name", async () => {
    const { checker } = setUp();
    await expect(checker.checkWatch("nobody")).rejects.toThrow('There is no watch named "nobody".');
    const typed = fakeToken("typed by mistake");
    await expect(checker.checkToken(token, typed)).rejects.toThrow("[redacted]");
    await expect(checker.checkToken(token, typed)).rejects.not.toThrow(typed.slice(0, 20));
  });
});
