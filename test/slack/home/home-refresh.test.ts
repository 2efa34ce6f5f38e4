import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { createHomeRefresh, type HomeRefreshOptions } from "../../../src/slack/home/refresh.ts";
import { after, NOW } from "../../support/builders.ts";
import { ANNA, createHarness, written } from "../support/harness.ts";
import { aRecord, brokenStore, storeOf } from "../support/records.ts";

const BEN = "U0BEN";

const refused = (error: string) => new WebAPIPlatformError({ ok: false, error, response_metadata: {} });

/** Slack's answers in turn; when they end it takes everything. */
const refreshing = (overrides: Partial<HomeRefreshOptions> = {}, answers: readonly (Error | null)[] = []) => {
  const { deps, lines } = createHarness();
  const waits: number[] = [];
  const published: { readonly user: string; readonly text: string }[] = [];
  const left = [...answers];
  const store = { clock: NOW, reads: 0, open: 0, most: 0 };
  const shown = storeOf([aRecord("orders")]);
  const options: HomeRefreshOptions = {
    ...deps,
    now: () => store.clock,
    watches: {
      ...shown.watches,
      worst: (page) => {
        store.reads += 1;
        return shown.watches.worst(page);
      },
    },
    outbox: shown.outbox,
    viewers: () => Promise.resolve([ANNA, BEN]),
    people: {
      ...deps.people,
      views: {
        ...deps.people.views,
        publish: async ({ user_id, view }) => {
          store.open += 1;
          store.most = Math.max(store.most, store.open);
          await Promise.resolve();
          store.open -= 1;
          const answer = left.shift() ?? null;
          if (answer !== null) throw answer;
          published.push({ user: user_id, text: written(view) });
        },
      },
    },
    wait: (ms) => {
      waits.push(ms);
      store.clock = new Date(store.clock.getTime() + ms);
      return Promise.resolve();
    },
    ...overrides,
  };
  const refresh = createHomeRefresh(options);
  return { refresh, waits, published, lines, store, users: () => published.map(({ user }) => user) };
};

describe("the refresh of the Home", () => {
  it("updates it for every recent viewer, one after the other, within Slack's rate limit", async () => {
    const { refresh, users, published, waits, store } = refreshing();
    refresh.request();
    await refresh.idle();
    expect(users()).toEqual([ANNA, BEN]);
    expect(published.every(({ text }) => text.includes("*orders*"))).toBe(true);
    expect(waits).toEqual([700]);
    expect(store).toMatchObject({ reads: 1, most: 1 });
  });

  it("combines many requests into one pass, and later requests into one more, some seconds later", async () => {
    const { refresh, store, waits } = refreshing({ viewers: () => Promise.resolve([ANNA]) });
    for (let count = 0; count < 9; count += 1) refresh.request();
    expect(store.reads).toBe(0);
    await Promise.resolve();
    for (let count = 0; count < 9; count += 1) refresh.request();
    await refresh.idle();
    expect(store).toMatchObject({ reads: 2, most: 1 });
    expect(waits).toEqual([5_000]);
  });

  it("waits no longer than that when the clock was set back", async () => {
    const { refresh, store, waits } = refreshing({ viewers: () => Promise.resolve([ANNA]) });
    refresh.request();
    await refresh.idle();
    store.clock = after(-86_400_000);
    refresh.request();
    await refresh.idle();
    expect(waits).toEqual([5_000]);
    expect(store.reads).toBe(2);
  });

  it("does not read the store without viewers, or while the workspace is unknown", async () => {
    const nobody = refreshing({ viewers: () => Promise.resolve([]) });
    const untold = refreshing({ installation: () => null });
    for (const { refresh, store, published } of [nobody, untold]) {
      refresh.request();
      await refresh.idle();
      expect(store.reads).toBe(0);
      expect(published).toEqual([]);
    }
  });

  it("replaces it for a person who lost access", async () => {
    const { refresh, published } = refreshing({ allowedUsers: new Set([BEN]) });
    refresh.request();
    await refresh.idle();
    const [anna, ben] = published;
    expect(anna?.text).toContain("ALLOWED_USERS");
    expect(anna?.text).not.toContain("orders");
    expect(ben?.text).toContain("*orders*");
  });

  it("waits as long as Slack asks, then goes on with the same person", async () => {
    const { refresh, users, waits } = refreshing({}, [new WebAPIRateLimitedError(12)]);
    refresh.request();
    await refresh.idle();
    expect(users()).toEqual([ANNA, BEN]);
    expect(waits).toEqual([12_000, 700]);
  });

  it("gives up a pass in which Slack asks to wait again and again", async () => {
    const { refresh, users, lines } = refreshing(
      {},
      [1, 2, 3].map((seconds) => new WebAPIRateLimitedError(seconds)),
    );
    refresh.request();
    await refresh.idle();
    expect(users()).toEqual([]);
    expect(written(lines)).toContain("could not be brought up to date");
  });

  it("continues with the next person when Slack refuses one", async () => {
    const { refresh, users } = refreshing({}, [refused("user_not_found")]);
    refresh.request();
    await refresh.idle();
    expect(users()).toEqual([BEN]);
  });

  it("logs once that the Home tab is off", async () => {
    const { refresh, users, lines } = refreshing({}, [refused("not_enabled"), refused("not_enabled")]);
    for (let count = 0; count < 2; count += 1) {
      refresh.request();
      await refresh.idle();
    }
    expect(users()).toEqual([]);
    expect(lines.filter((line) => written(line).includes("Home tab of the Slack app is off"))).toHaveLength(1);
  });

  it("never throws, even when Slack or the store does not answer", async () => {
    const away = refreshing({}, [new WebAPIRequestError(new Error("socket hang up"))]);
    const broken = refreshing({ ...brokenStore("disk on fire") });
    for (const { refresh, users, lines } of [away, broken]) {
      refresh.request();
      await refresh.idle();
      expect(users()).toEqual([]);
      expect(written(lines)).toContain("could not be brought up to date");
      refresh.request();
      await refresh.idle();
    }
    expect(away.users()).toEqual([ANNA, BEN]);
  });

  it("stops after the current call and accepts no more requests", async () => {
    const { refresh, users } = refreshing();
    refresh.request();
    await Promise.resolve();
    await refresh.stop();
    expect(users().length).toBeLessThan(2);
    refresh.request();
    await refresh.idle();
    expect(users().length).toBeLessThan(2);
  });
});
