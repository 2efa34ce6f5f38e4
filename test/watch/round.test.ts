import { describe, expect, it } from "vitest";
import type { Inspect, InspectionResult } from "../../src/token/inspection.ts";
import { OwnTroubleError } from "../../src/token/own-trouble.ts";
import { fingerprintOf, Secret } from "../../src/token/secret/secret.ts";
import { respond } from "../../src/alert/respond.ts";
import { type RoundDeps, runRound } from "../../src/watch/round.ts";
import { NO_ESCALATION, aFailure, after, anInspection, aWatch, NOW } from "../support/builders.ts";
import { fakeToken } from "../support/fake-token.ts";
import { keepLog } from "../support/keep-log.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { bookOf } from "../../src/watch/watch-book.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DEAD: InspectionResult = {
  ok: true,
  inspection: anInspection({ liveness: { alive: false, error: { code: 190, subcode: 460, message: "ended" } } }),
};
const ALIVE: InspectionResult = { ok: true, inspection: anInspection() };

/** A round over watches of these names; each watch's token is made from its name. */
const setUp = async (names: readonly string[], overrides: Partial<RoundDeps> = {}) => {
  const store = await openMemoryStore();
  const due = names.map((name) => ({ name, definition: "d" }));
  await store.sync(due, new Date(0));
  let ids = 0;
  const { log, lines } = keepLog();
  const waits: number[] = [];
  const deps: RoundDeps = {
    store,
    watches: bookOf(names.map((name) => aWatch({ name, source: { kind: "env", name } }))),
    metaApp: undefined,
    readSource: async (source) => ({
      ok: true,
      secret: new Secret(fakeToken(source.kind === "env" ? source.name : "")),
      note: null,
    }),
    inspect: () => Promise.resolve(ALIVE),
    wait: (ms) => Promise.resolve(void waits.push(ms)),
    now: () => NOW,
    random: () => 0.5,
    newId: () => `alert-${++ids}`,
    unknownAfterMs: 60 * MINUTE,
    repeatCriticalMs: 24 * 60 * MINUTE,
    escalation: NO_ESCALATION,
    inspectionsAtOnce: 100,
    log,
    ...overrides,
  };
  return { deps, store, lines, waits };
};

/** Answers by the watch of the token. */
const answers =
  (byName: Readonly<Record<string, () => Promise<InspectionResult>>>): Inspect =>
  (secret) => {
    const name = Object.keys(byName).find((key) => fingerprintOf(new Secret(fakeToken(key))) === fingerprintOf(secret));
    return (name === undefined ? undefined : byName[name])?.() ?? Promise.resolve(ALIVE);
  };

describe("a round", () => {
  it("warns at the thresholds that speak now, which a refreshed token has fewer of", async () => {
    const soon = anInspection({ expiry: { kind: "at", at: after(25 * DAY) } });
    const inspect = () => Promise.resolve({ ok: true, inspection: soon } as const);
    const failed = new Set<string>();
    const warnAt: RoundDeps["warnAt"] = async ({ name, policy }) =>
      failed.has(name) ? policy.warnAt : policy.warnAt.filter(({ ms }) => ms <= 20 * DAY);
    const { deps, store } = await setUp(["orders"], { inspect, warnAt });
    expect(await runRound(deps, "all")).toMatchObject({ outcomes: { healthy: 1 }, changes: {} });
    failed.add("orders");
    const later = { ...deps, now: () => after(MINUTE) };
    expect(await runRound(later, "all")).toMatchObject({ outcomes: { expiring: 1 }, changes: { first: 1 } });
    expect((await store.list())[0]?.state.alert?.severity).toBe("warning");
  });

  it("changes no watch when this process runs out of a resource, and leaves the others due", async () => {
    const { deps, store, lines } = await setUp(
      Array.from({ length: 30 }, (_, index) => `w${index}`),
      { readSource: () => Promise.reject(new OwnTroubleError("EMFILE", "Raise the limit.")) },
    );
    const round = await runRound(deps, "due");
    expect(round).toMatchObject({ checked: 0, changes: {}, storeProblem: null });
    expect(round.ownTrouble).toContain("EMFILE");
    const states = (await store.list()).map(({ state, checkedAt }) => ({ ...state, checkedAt }));
    expect(
      states.every(({ failing, alert, checkedAt }) => failing === null && alert === null && checkedAt === null),
    ).toBe(true);
    expect(lines.filter(({ code }) => code === "EMFILE")).toHaveLength(1);
    // The ten claimed watches keep their lease. The others are due at the next tick.
    const healthy = await runRound({ ...deps, readSource: (await setUp(["x"])).deps.readSource }, "due");
    expect(healthy).toMatchObject({ checked: 20, ownTrouble: null });
  });

  it("repeats a first inspection without an answer after the whole interval", async () => {
    const { deps, store } = await setUp(["one"], {
      inspect: () => Promise.resolve({ ok: false, failure: aFailure(), token: null }),
    });
    expect(await runRound(deps, "due")).toMatchObject({ outcomes: { unknown: 1 } });
    expect(await store.find("one")).toMatchObject({ nextDueAt: after(15 * MINUTE) });
  });

  it("examines every due watch, saves it with its next due time, and counts", async () => {
    const { deps, store, lines } = await setUp(["one", "two", "three"], {
      inspect: answers({ two: () => Promise.resolve(DEAD) }),
    });
    expect(await runRound(deps, "due")).toEqual({
      checked: 3,
      outcomes: { healthy: 2, revoked: 1 },
      changes: { first: 1 },
      responded: 0,
      failed: 0,
      storeProblem: null,
      ownTrouble: null,
    });
    expect(await store.find("one")).toMatchObject({ checkedAt: NOW, nextDueAt: after(7.5 * MINUTE) });
    expect((await store.find("two"))?.state.alert).toMatchObject({ kind: "problem", revision: 1 });
    expect(lines.map(({ msg, watch }) => [msg, watch])).toEqual([
      ["alert changed", "two"],
      ["round ended", undefined],
    ]);
    expect(lines[0]).toMatchObject({ level: 30, state: "revoked", change: "first" });
    expect(lines[1]).toMatchObject({ which: "due", checked: 3, changes: { first: 1 } });
  });

  it("skips watches that are not due, unless all are requested", async () => {
    const { deps, store, lines } = await setUp(["one"]);
    await runRound(deps, "due");
    expect(await runRound({ ...deps, now: () => after(MINUTE) }, "due")).toMatchObject({ checked: 0 });
    expect(await runRound({ ...deps, now: () => after(MINUTE) }, "all")).toMatchObject({ checked: 1 });
    expect((await store.find("one"))?.checkedAt).toEqual(after(MINUTE));
    expect(lines.map(({ level }) => level)).toEqual([30, 20, 30]);
  });

  it("continues after an error in one watch, which is tried again when its lease ends", async () => {
    const { deps, store, lines } = await setUp(["one", "two", "three"], {
      inspectionsAtOnce: 1,
      inspect: answers({ one: () => Promise.reject(new Error("a mistake of ours")) }),
    });
    expect(await runRound(deps, "due")).toMatchObject({ checked: 2, failed: 1, storeProblem: null });
    expect(lines.find(({ level }) => level === 50)).toMatchObject({ watch: "one" });
    expect(await store.find("one")).toMatchObject({ checkedAt: null });
    const later = { ...deps, inspect: () => Promise.resolve(ALIVE), now: () => after(3 * MINUTE) };
    expect(await runRound(later, "due")).toMatchObject({ checked: 1, failed: 0 });
  });

  it("counts a watch that could not be saved, and continues", async () => {
    const { deps, store } = await setUp(["one", "two"], { inspectionsAtOnce: 1 });
    const saveRounds: typeof store.saveRounds = (batch) =>
      batch.some(({ claim }) => claim.watch === "one")
        ? Promise.reject(new Error("disk full"))
        : store.saveRounds(batch);
    const broken = { ...deps, store: { ...store, saveRounds } };
    const storeProblem = { step: "save", message: "disk full" };
    expect(await runRound(broken, "due")).toMatchObject({ checked: 1, failed: 1, storeProblem });
  });

  it("drops a result that comes after the lease was lost", async () => {
    const { deps, store, lines } = await setUp(["one"]);
    const lost = {
      ...deps,
      store: { ...store, saveRounds: (batch: readonly unknown[]) => Promise.resolve(batch.map(() => false)) },
    };
    expect(await runRound(lost, "due")).toMatchObject({ checked: 0, failed: 1, storeProblem: null });
    expect(lines[0]).toMatchObject({ level: 40, watch: "one" });
  });

  it("checks a watch again at once when a person answers during its check, without a failure", async () => {
    const { deps, store, lines } = await setUp(["one", "two"], { inspect: () => Promise.resolve(DEAD) });
    await runRound(deps, "all");
    const id = (await store.find("one"))?.state.alert?.id ?? "";
    let presses = 0;
    const saveRounds: typeof store.saveRounds = async (batch) => {
      if (batch.every(({ claim }) => claim.watch !== "one") || presses++ > 0) return store.saveRounds(batch);
      await store.changeAlerts({ kind: "alert", id }, (alert) =>
        respond(alert, "U1", { kind: "acknowledge" }, after(MINUTE)),
      );
      return store.saveRounds(batch);
    };
    const pressed = { ...deps, store: { ...store, saveRounds }, now: () => after(MINUTE) };
    lines.splice(0);
    expect(await runRound(pressed, "all")).toMatchObject({ checked: 2, responded: 1, failed: 0 });
    expect((await store.find("one"))?.state.alert?.acknowledged).toEqual({ by: "U1", at: after(MINUTE) });
    expect(lines.filter(({ level }) => Number(level) > 30)).toEqual([]);
    expect(lines).toContainEqual(
      expect.objectContaining({ watch: "one", msg: expect.stringContaining("responded to the alert") }),
    );
  });

  it("ends with one log line when the store does not answer", async () => {
    const { deps, lines } = await setUp(["one"]);
    const claimDue = () => Promise.reject(new Error("locked"));
    const away = { ...deps, store: { ...deps.store, claimDue } };
    const storeProblem = { step: "claim", message: "locked" };
    expect(await runRound(away, "due")).toMatchObject({ checked: 0, failed: 1, storeProblem });
    expect(lines.filter(({ level }) => level === 50)).toHaveLength(1);
  });

  it.each([
    { watches: 35, inspectionsAtOnce: 10, most: 10 },
    { watches: 400, inspectionsAtOnce: 40, most: 40 },
  ])(
    "inspects at most $inspectionsAtOnce watches at a time, and reaches that with an even latency",
    async ({ watches, inspectionsAtOnce, most }) => {
      const counts: number[] = [];
      let now = 0;
      const { deps } = await setUp(
        Array.from({ length: watches }, (_, index) => `watch-${index}`),
        {
          inspectionsAtOnce,
          inspect: async () => {
            counts.push(++now);
            for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
            now--;
            return ALIVE;
          },
        },
      );
      expect(await runRound(deps, "due")).toMatchObject({ checked: watches });
      expect(Math.max(...counts.slice(0, 20))).toBe(10);
      expect(Math.max(...counts)).toBe(most);
    },
  );

  it("claims in batches, holds few watches that it has not begun, and claims once when none is due", async () => {
    const asked: { readonly limit: number; readonly got: number }[] = [];
    let [held, begun, mostWaiting] = [0, 0, 0];
    const { deps, store } = await setUp(
      Array.from({ length: 450 }, (_, index) => `watch-${index}`),
      {
        inspectionsAtOnce: 20,
        inspect: () => {
          begun++;
          return Promise.resolve(ALIVE);
        },
      },
    );
    const claimDue: typeof store.claimDue = async (options) => {
      const claims = await store.claimDue(options);
      asked.push({ limit: options.limit, got: claims.length });
      held += claims.length;
      mostWaiting = Math.max(mostWaiting, held - begun);
      return claims;
    };
    const counted = { ...deps, store: { ...deps.store, claimDue } };
    expect(await runRound(counted, "due")).toMatchObject({ checked: 450, failed: 0 });
    expect(asked[0]).toEqual({ limit: 10, got: 10 });
    expect(asked.length).toBeLessThanOrEqual(60);
    expect(mostWaiting).toBeLessThanOrEqual(20);
    asked.splice(0);
    expect(await runRound(counted, "due")).toMatchObject({ checked: 0 });
    expect(asked).toEqual([{ limit: 10, got: 0 }]);
  });

  it("saves in batches", async () => {
    const { deps, store } = await setUp(Array.from({ length: 450 }, (_, index) => `watch-${index}`));
    const sizes: number[] = [];
    const saveRounds: typeof store.saveRounds = (batch) => {
      sizes.push(batch.length);
      return store.saveRounds(batch);
    };
    const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    expect(await runRound({ ...deps, wait, store: { ...store, saveRounds } }, "due")).toMatchObject({ checked: 450 });
    expect(sizes.length).toBeLessThanOrEqual(20);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
  });

  it("releases the watches that it has not begun when it is stopped", async () => {
    const stop = new AbortController();
    const { deps, store } = await setUp(
      Array.from({ length: 40 }, (_, index) => `watch-${index}`),
      {
        inspect: () => {
          stop.abort();
          return Promise.resolve(ALIVE);
        },
      },
    );
    const { checked } = await runRound(deps, "due", stop.signal);
    expect(checked).toBeLessThanOrEqual(10);
    const whole = {
      names: new Set((await store.list()).map(({ name }) => name)),
      now: NOW,
      leaseMs: MINUTE,
      limit: 99,
    };
    expect(await store.claimDue({ ...whole, which: "due", roundStartedAt: NOW })).toHaveLength(40 - checked);
  });

  it("logs watches that it cannot release, and they are due again when their lease ends", async () => {
    const stop = new AbortController();
    const { deps, store, lines } = await setUp(
      Array.from({ length: 30 }, (_, index) => `watch-${index}`),
      {
        inspect: () => {
          stop.abort();
          return Promise.resolve(ALIVE);
        },
      },
    );
    const releaseWatches = () => Promise.reject(new Error("locked"));
    await runRound({ ...deps, store: { ...store, releaseWatches } }, "due", stop.signal);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 40, msg: expect.stringContaining("could not release") }),
    );
  });

  it("begins no claimed watch while it is paused, and gives it back", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `watch-${index}`);
    let [asked, isPaused] = [0, false];
    const ended: string[] = [];
    const { deps, store } = await setUp(names, {
      inspect: () => {
        asked++;
        isPaused = true;
        return Promise.resolve(ALIVE);
      },
      isPaused: () => isPaused,
      onEnd: (watch) => ended.push(watch),
    });
    const claimed: string[] = [];
    const claimDue: typeof store.claimDue = async (options) => {
      const claims = isPaused ? [] : await store.claimDue(options);
      claimed.push(...claims.map(({ watch }) => watch));
      return claims;
    };
    const { checked, failed } = await runRound({ ...deps, store: { ...store, claimDue } }, "due");
    expect({ checked, failed }).toEqual({ checked: asked, failed: 0 });
    expect(asked).toBeLessThan(claimed.length);
    expect(ended.toSorted()).toEqual(claimed.toSorted());
    const whole = { names: new Set(names), now: NOW, leaseMs: MINUTE, limit: 99 };
    expect(await store.claimDue({ ...whole, which: "due", roundStartedAt: NOW })).toHaveLength(30 - checked);
  });

  it("inspects fewer at a time while Graph answers ever slower", async () => {
    let [inFlight, answered, ms] = [0, 0, 0];
    const seen: number[] = [];
    const { deps } = await setUp(
      Array.from({ length: 900 }, (_, index) => `watch-${index}`),
      {
        now: () => new Date(NOW.getTime() + ms),
        inspect: async () => {
          seen.push(++inFlight);
          for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
          // The clock shows more and more time for each answer.
          ms += answered++ < 300 ? 0 : 20 + answered / 10;
          inFlight--;
          return ALIVE;
        },
      },
    );
    expect(await runRound(deps, "due")).toMatchObject({ checked: 900 });
    expect(Math.max(...seen.slice(0, 300))).toBeGreaterThan(50);
    expect(Math.max(...seen.slice(-50))).toBeLessThanOrEqual(50);
  });

  it("does not wait for a slow watch", async () => {
    const slow = Promise.withResolvers<InspectionResult>();
    const { deps } = await setUp(
      Array.from({ length: 30 }, (_, index) => `watch-${index}`),
      { inspect: answers({ "watch-3": () => slow.promise }) },
    );
    let checked = 0;
    const round = runRound({ ...deps, onCheck: () => void (++checked === 29 && slow.resolve(ALIVE)) }, "due");
    expect(await round).toMatchObject({ checked: 30 });
  });

  it("does not wait for watches that pause before a second try, up to a limit", async () => {
    let [asking, mostAsking, waiting, mostWaiting] = [0, 0, 0, 0];
    const pauses: (() => void)[] = [];
    const { deps } = await setUp(
      Array.from({ length: 200 }, (_, index) => `watch-${index}`),
      {
        inspectionsAtOnce: 10,
        inspect: async () => {
          mostAsking = Math.max(mostAsking, ++asking);
          for (let turn = 0; turn < 20; turn++) await Promise.resolve();
          asking--;
          return DEAD;
        },
        wait: () => {
          mostWaiting = Math.max(mostWaiting, ++waiting);
          return new Promise<void>((resolve) => pauses.push(resolve)).then(() => void waiting--);
        },
      },
    );
    const round = runRound(deps, "due");
    const over = { yet: false };
    void round.then(() => (over.yet = true));
    while (!over.yet) {
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      for (const resume of pauses.splice(0)) resume();
    }
    expect(await round).toMatchObject({ checked: 200, changes: { first: 200 }, failed: 0 });
    expect(mostAsking).toBe(10);
    expect(mostWaiting).toBeGreaterThanOrEqual(100);
    expect(mostWaiting).toBeLessThanOrEqual(110);
  });

  it("lets other work run between the watches", async () => {
    const { deps } = await setUp(Array.from({ length: 100 }, (_, index) => `watch-${index}`));
    let turns = 0;
    const count = (): void => {
      turns++;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    await runRound(deps, "due");
    clearImmediate(next);
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  it.each(["due", "all"] as const)("over %s watches ends even when the clock is set back during it", async (which) => {
    const names = ["one", "two", "three"];
    let now = after(DAY);
    const { deps, store } = await setUp(names, {
      inspectionsAtOnce: 1,
      now: () => now,
      onCheck: () => {
        now = NOW;
      },
    });
    // A watch checked by the old clock has a time in the future, and is checked once more.
    expect(await runRound(deps, which)).toMatchObject({ checked: 4, failed: 0 });
    expect((await store.list()).map(({ checkedAt }) => checkedAt)).toEqual([NOW, NOW, NOW]);
  });

  it("ends after the current watches when it is stopped", async () => {
    const stop = new AbortController();
    const { deps } = await setUp(["one", "two", "three"], {
      inspectionsAtOnce: 1,
      inspect: () => {
        stop.abort();
        return Promise.resolve(ALIVE);
      },
    });
    expect(await runRound(deps, "due", stop.signal)).toMatchObject({ checked: 1, failed: 0 });
  });

  it("leaves a watch of another watchlist free for other programs", async () => {
    const { deps, store } = await setUp(["one", "two"]);
    const some = { ...deps, watches: bookOf([...deps.watches.values()].filter(({ name }) => name === "one")) };
    expect(await runRound(some, "due")).toMatchObject({ checked: 1, failed: 0 });
    expect(await store.find("two")).toMatchObject({ checkedAt: null });
    expect(await runRound(deps, "due")).toMatchObject({ checked: 1, failed: 0 });
    expect(await store.find("two")).toMatchObject({ checkedAt: NOW });
  });

  it("logs each watch that could not be inspected, with the reason, and no other", async () => {
    const { deps, lines } = await setUp(["one", "two", "three"], {
      inspect: answers({
        one: () => Promise.resolve({ ok: false, failure: aFailure(), token: null }),
        two: () =>
          Promise.resolve({
            ok: true,
            inspection: anInspection({
              assets: [
                {
                  kind: "phone",
                  id: "100000000002001",
                  evidence: null,
                  reach: "not_known",
                  failure: aFailure({ kind: "throttled", message: "Graph asks to wait." }),
                  proofRefused: false,
                },
              ],
            }),
          }),
      }),
    });
    await runRound(deps, "due");
    const { kind, message } = aFailure();
    expect(lines.filter(({ msg }) => msg !== "round ended")).toMatchObject([
      { level: 40, msg: "inspection failed", watch: "one", state: "unknown", failure: { kind, message } },
      {
        level: 40,
        msg: "inspection failed",
        watch: "two",
        state: "healthy",
        failure: { kind: "throttled", message: "Graph asks to wait." },
      },
    ]);
  });

  it("logs each change of an alert once", async () => {
    let answer = DEAD;
    const { deps, lines } = await setUp(["one"], { inspect: () => Promise.resolve(answer) });
    await runRound(deps, "all");
    await runRound({ ...deps, now: () => after(MINUTE) }, "all");
    answer = ALIVE;
    await runRound({ ...deps, now: () => after(2 * MINUTE) }, "all");
    expect(lines.filter(({ msg }) => msg === "alert changed")).toMatchObject([
      { watch: "one", state: "revoked", change: "first" },
      { watch: "one", state: "healthy", change: "recovered" },
    ]);
  });

  it("reports each outcome", async () => {
    const seen: string[] = [];
    const { deps } = await setUp(["one"], {
      inspect: () => Promise.resolve({ ok: false, failure: aFailure(), token: null }),
      onCheck: (watch, outcome) => seen.push(`${watch} ${outcome}`),
    });
    expect(await runRound(deps, "due")).toMatchObject({ outcomes: { unknown: 1 }, changes: {} });
    expect(seen).toEqual(["one unknown"]);
  });

  it("asks Meta again after a first bad answer, but not after a known one", async () => {
    const { deps, waits } = await setUp(["one"], { inspect: () => Promise.resolve(DEAD) });
    await runRound(deps, "due");
    expect(waits).toEqual([2_000]);
    await runRound({ ...deps, now: () => after(20 * MINUTE) }, "due");
    expect(waits).toEqual([2_000]);
  });

  it("shows in the alert that the source is only read at start", async () => {
    const { deps, store } = await setUp(["one"], {
      inspect: () => Promise.resolve(DEAD),
      readSource: async () => ({ ok: true, secret: new Secret(fakeToken("one")), note: "read at start" }),
    });
    await runRound(deps, "due");
    expect((await store.find("one"))?.state.alert?.card.source).toBe("variable one (read at start)");
  });

  it("fails only for a watch without a channel, with the next step", async () => {
    const { deps, lines } = await setUp(["one", "two"]);
    const watches = [aWatch({ name: "one", channel: undefined }), aWatch({ name: "two" })];
    expect(await runRound({ ...deps, watches: bookOf(watches) }, "due")).toMatchObject({ checked: 1, failed: 1 });
    expect(JSON.stringify(lines)).toContain("Set ALERT_CHANNEL");
  });

  it("never logs a token", async () => {
    const { deps, lines } = await setUp(["one"], { inspect: () => Promise.reject(new Error("broken")) });
    await runRound(deps, "all");
    expect(JSON.stringify(lines)).not.toContain(fakeToken("one").slice(0, 20));
  });
});
