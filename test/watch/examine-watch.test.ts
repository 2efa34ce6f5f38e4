import { describe, expect, it } from "vitest";
import type { InspectionResult, Needs } from "../../src/token/inspection.ts";
import { fingerprintOf, reveal, Secret } from "../../src/token/secret/secret.ts";
import type { ReadSource, SourceReading } from "../../src/token/secret/source.ts";
import { examineWatch, type ExamineWatchDeps } from "../../src/watch/examine-watch.ts";
import { anInspection, aPolicy, aVerdict, aWatch, NOW } from "../support/builders.ts";
import { fakeToken } from "../support/fake-token.ts";

const token = new Secret(fakeToken("deployed"));
const UNEXPLAINED: InspectionResult = {
  ok: true,
  inspection: anInspection({ appId: null, liveness: { alive: false, error: null } }),
};
const nothing = { verdict: null, aliveFingerprint: null, failing: null };
const ownApp = { id: "7", secret: { kind: "source", source: { kind: "env", name: "APP_SECRET" } } } as const;

const setUp = (readings: Readonly<Record<string, SourceReading>>, result: InspectionResult) => {
  const asked: Needs[] = [];
  const readSource: ReadSource = (source) =>
    Promise.resolve(
      readings[source.kind === "env" ? source.name : ""] ?? { ok: false, message: "No such variable is set." },
    );
  const deps: ExamineWatchDeps = {
    readSource,
    inspect: (_, needs) => {
      asked.push(needs);
      return Promise.resolve(result);
    },
    metaApp: { id: "42", secret: new Secret("bot-secret") },
    now: () => NOW,
    wait: () => Promise.resolve(),
  };
  return { deps, asked };
};

const deployed: Readonly<Record<string, SourceReading>> = {
  ORDERS_TOKEN: { ok: true, secret: token, note: "as read" },
};

describe("examining a watch", () => {
  it("checks the watch's IDs with the bot's app, and returns the source's remark", async () => {
    const { deps, asked } = setUp(deployed, { ok: true, inspection: anInspection({ appId: "42" }) });
    const { verdict, note } = await examineWatch(deps, aWatch(), nothing);
    expect(verdict.state).toBe("healthy");
    expect(note).toBe("as read");
    expect(asked).toMatchObject([
      { app: { id: "42" }, phoneNumberId: "100000000002001", whatsappBusinessAccountId: "100000000001001" },
    ]);
  });

  it("reports a token of another app than the bot's", async () => {
    const { deps } = setUp(deployed, { ok: true, inspection: anInspection({ appId: "43" }) });
    const { verdict } = await examineWatch(deps, aWatch({ policy: aPolicy({ appId: "43" }) }), nothing);
    expect(verdict.findings).toMatchObject([{ code: "wrong_app" }]);
  });

  it("uses a watch's own app instead of the bot's, and reads its secret each time", async () => {
    const readings = { ...deployed, APP_SECRET: { ok: true, secret: new Secret("own-secret"), note: null } } as const;
    const { deps, asked } = setUp(readings, { ok: true, inspection: anInspection({ appId: "7" }) });
    const { verdict } = await examineWatch(deps, aWatch({ app: ownApp }), nothing);
    expect(verdict.state).toBe("healthy");
    const app = asked[0]?.app;
    expect(app?.id).toBe("7");
    expect(app === undefined ? "" : reveal(app.secret)).toBe("own-secret");
  });

  it("accepts a token of any app when no app is configured", async () => {
    const { deps, asked } = setUp(deployed, { ok: true, inspection: anInspection() });
    const { verdict } = await examineWatch({ ...deps, metaApp: undefined }, aWatch(), nothing);
    expect(verdict.state).toBe("healthy");
    expect(asked[0]?.app).toBeUndefined();
  });

  it("reports an unreadable source as unknown with its message, without a request", async () => {
    const { deps, asked } = setUp({}, UNEXPLAINED);
    const { verdict } = await examineWatch(deps, aWatch(), nothing);
    expect(verdict).toMatchObject({
      state: "unknown",
      token: null,
      failure: { kind: "unreadable", message: "No such variable is set." },
    });
    expect(asked).toEqual([]);
  });

  it("reports an unreadable app secret as unknown, without a request", async () => {
    const { deps, asked } = setUp(deployed, UNEXPLAINED);
    const { verdict } = await examineWatch(deps, aWatch({ app: ownApp }), nothing);
    expect(verdict).toMatchObject({ state: "unknown", token: { fingerprint: fingerprintOf(token) } });
    expect(verdict.failure).toMatchObject({ kind: "misconfigured", message: expect.stringContaining("app 7") });
    expect(asked).toEqual([]);
  });

  it("reports a value that cannot be a token even without the app secret", async () => {
    const short = { ORDERS_TOKEN: { ok: true, secret: new Secret("paste here"), note: null } } as const;
    const { deps } = setUp(short, UNEXPLAINED);
    const { verdict } = await examineWatch(deps, aWatch({ app: ownApp }), nothing);
    expect(verdict.findings).toMatchObject([{ code: "not_a_token" }]);
  });

  it.each([
    ["never seen alive", null, "invalid"],
    ["another token was seen alive", "bbbbbbbbbbbb", "invalid"],
    ["this token was seen alive", fingerprintOf(token), "revoked"],
  ] as const)("an unexplained end when %s: %s", async (_, aliveFingerprint, state) => {
    const { deps } = setUp(deployed, UNEXPLAINED);
    const { verdict } = await examineWatch(deps, aWatch(), { ...nothing, verdict: aVerdict(), aliveFingerprint });
    expect(verdict.state).toBe(state);
  });
});
