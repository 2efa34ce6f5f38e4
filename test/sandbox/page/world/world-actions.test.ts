import { describe, expect, it } from "vitest";
import { openRenewal, startRefresh } from "../../../../sandbox/page/server/stories/renewal-moves.ts";
import { createScene } from "../../../../sandbox/page/server/stories/scene.ts";
import { MOMENT_MS } from "../../../../sandbox/page/server/time/moment.ts";
import { worldView } from "../../../../sandbox/page/server/world/world-feed.ts";
import {
  FAULTS,
  type Service,
  SERVICES,
  type TokenVerb,
  type TokenView,
} from "../../../../sandbox/page/protocol/world-view.ts";
import { type OpenPage, openPage } from "../open-page.ts";

const tokenOf = (page: OpenPage, watch: string): TokenView => {
  const found = worldView(page.stage()).tokens.find((token) => token.watch === watch);
  if (found === undefined) throw new Error(`the page shows no ${watch}`);
  return found;
};

const inAnHour = async (page: OpenPage): Promise<void> => {
  const { machine, world } = page.stage();
  await machine.goTo(new Date(world.clock.now().getTime() + 3_600_000));
};

/** The bot's last verdict. */
const known = async (page: OpenPage, watch: string): Promise<string> => {
  const { timeline } = page.stage();
  await timeline.refresh();
  return timeline.view().lanes.find((lane) => lane.watch === watch)?.state ?? "";
};

describe("the world at first", () => {
  it("has one token of each kind, and the bot knows the state of each", async () => {
    const page = await openPage();
    const { tokens, faults } = worldView(page.stage());
    expect(
      tokens.map(({ watch, standing, endsAt, missingScopes, ownApp, assigned }) => [
        watch,
        standing,
        endsAt?.slice(0, 10) ?? "never",
        missingScopes.length,
        ownApp,
        assigned,
      ]),
    ).toEqual([
      ["orders-prod", "alive", "never", 0, true, true],
      ["support-prod", "alive", "2026-11-29", 0, true, true],
      ["shop-staging", "alive", "2026-11-25", 0, true, true],
      ["newsletter", "alive", "never", 1, true, true],
      ["partner-bot", "alive", "never", 0, false, true],
      ["bookings", "alive", "never", 0, true, false],
    ]);
    expect(faults).toEqual({ graph: null, slack: null });
    const states = page
      .stage()
      .timeline.view()
      .lanes.map(({ state }) => state);
    expect(states).toEqual(["healthy", "expiring", "expiring", "degraded", "degraded", "degraded"]);
    // The colours of the world come from the real states, so both use the same words.
    expect(tokens.map(({ state }) => state)).toEqual(states);
  });
});

/** Each is undone before the next one, so they share a world. */
const ACTIONS: readonly (readonly [TokenVerb, string, Partial<TokenView>, string])[] = [
  ["revoke", "orders-prod", { standing: "revoked" }, "revoked"],
  ["expire", "orders-prod", { standing: "expired" }, "expired"],
  ["remove_scope", "orders-prod", { missingScopes: ["whatsapp_business_messaging"] }, "degraded"],
  ["unassign", "orders-prod", { assigned: false }, "degraded"],
  ["block_sending", "orders-prod", { sending: "blocked" }, "degraded"],
  ["rotate", "bookings", { assigned: true }, "healthy"],
];

describe("an action on a token", () => {
  it("changes its token at once, is found within the hour, and can be undone", { timeout: 60_000 }, async () => {
    const page = await openPage();
    for (const [verb, watch, truth, state] of ACTIONS) {
      const before = tokenOf(page, watch);
      expect(await page.post("/api/world/token", { watch, verb })).toEqual({
        status: 200,
        result: { ok: true, problem: null },
      });
      expect(tokenOf(page, watch)).toMatchObject({ ...truth, state, undo: verb });
      await inAnHour(page);
      expect([verb, await known(page, watch)]).toEqual([verb, state]);

      expect((await page.post("/api/world/undo", { watch })).status).toBe(200);
      expect([verb, tokenOf(page, watch)]).toEqual([verb, before]);
      await inAnHour(page);
      expect([verb, await known(page, watch)]).toEqual([verb, watch === "bookings" ? "degraded" : "healthy"]);
    }
  });

  it("refuses a change without effect, an undo without an action, and an unknown watch", async () => {
    const page = await openPage();
    const tried: readonly (readonly [Parameters<OpenPage["post"]>[0], object, number])[] = [
      ["/api/world/token", { watch: "bookings", verb: "unassign" }, 409],
      ["/api/world/undo", { watch: "bookings" }, 409],
      ["/api/world/token", { watch: "nobody", verb: "revoke" }, 404],
      ["/api/world/undo", { watch: "nobody" }, 404],
      ["/api/world/restart", { watch: "bookings" }, 404],
      ["/api/world/restart", { watch: "nobody" }, 404],
      ["/api/world/token", { watch: "bookings", verb: "delete" }, 400],
      ["/api/world/fault", { service: "graph", fault: "fire" }, 400],
      ["/api/world/fault", { service: "mail", fault: null }, 400],
    ];
    for (const [path, body, status] of tried) {
      const answer = await page.post(path, body);
      expect([path, body, answer.status, answer.result.ok]).toEqual([path, body, status, false]);
      expect(answer.result.problem).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("a token that the bot renews", () => {
  it("is the deployed one on the page, and its app uses the old one, even a dead one, until its restart", async () => {
    const page = await openPage("two_weeks_left");
    const watch = "support-prod";
    const before = tokenOf(page, watch);
    expect(before).toMatchObject({ state: "expiring", endsAt: "2026-12-08T07:55:00.000Z", app: { current: true } });
    const { timeline, world } = page.stage();
    // The renewal inspects later than the round at the start.
    world.clock.advance(MOMENT_MS);
    const hands = createScene(page.stage(), new AbortController().signal);
    await openRenewal(hands);
    await startRefresh(hands);
    const renewed = tokenOf(page, watch);
    expect(renewed).toMatchObject({ state: "healthy", app: { tail: before.app?.tail, current: false } });
    expect(renewed.endsAt?.slice(0, 10)).toBe("2027-01-23");
    expect(await known(page, watch)).toBe("healthy");
    expect(timeline.view().lanes.find((lane) => lane.watch === watch)?.lives).toHaveLength(2);

    const [old] = page.stage().desk.deployed(watch);
    world.graph.revoke(old?.raw ?? "");
    expect(tokenOf(page, watch)).toMatchObject({ standing: "alive", app: { current: false, standing: "revoked" } });

    expect((await page.post("/api/world/restart", { watch })).status).toBe(200);
    const { app } = tokenOf(page, watch);
    expect(app).toMatchObject({ current: true, standing: "alive" });
    expect(app?.tail).not.toBe(before.app?.tail);
    await page.post("/api/world/token", { watch, verb: "revoke" });
    expect(tokenOf(page, watch)).toMatchObject({ standing: "revoked", undo: "revoke" });
  });
});

describe("a fault", () => {
  const cases = SERVICES.flatMap((service) => FAULTS.map((fault): [Service, string] => [service, fault]));
  it.each(cases)("of %s, %s, lasts until it is switched off, and the bot recovers", async (service, fault) => {
    const page = await openPage();
    expect((await page.post("/api/world/fault", { service, fault })).status).toBe(200);
    expect(worldView(page.stage()).faults[service]).toBe(fault);
    await page.post("/api/world/token", { watch: "orders-prod", verb: "revoke" });
    await inAnHour(page);
    await page.post("/api/world/fault", { service, fault: null });
    expect(worldView(page.stage()).faults[service]).toBeNull();
    // The bot waits for a rate limit to end and reconnects to Slack. Three more checks are enough for every fault.
    for (let hours = 0; hours < 3; hours += 1) await inAnHour(page);
    const told = await page.until(page.robin, ({ conversations }) =>
      conversations
        .find(({ name }) => name === "wa-alerts")
        ?.messages.find(({ text }) => /orders-prod.*revoked/.test(text)),
    );
    expect(told.text).toContain("severity critical");
  });
});

it("the limit of Meta is a 429 with Meta's own error, and no verdict about a token", async () => {
  const page = await openPage("healthy");
  const { graph } = page.stage().world;
  await page.post("/api/world/fault", { service: "graph", fault: "limited" });
  for (const [path, code] of [
    ["/me", 4],
    ["/100000000002001", 80_008],
  ] as const) {
    const answer = await fetch(`${graph.url}/v26.0${path}`);
    expect(answer.status).toBe(429);
    expect(answer.headers.get("x-business-use-case-usage")).toContain('"estimated_time_to_regain_access":10');
    expect(await answer.json()).toMatchObject({
      error: { code, type: "OAuthException", fbtrace_id: expect.any(String) },
    });
  }
  graph.forgetCalls();
  await inAnHour(page);
  expect(new Set(graph.calls().map(({ status }) => status))).toEqual(new Set([429]));
  expect(await known(page, "orders-prod")).toBe("unknown");
});

describe("a reset", () => {
  it("replaces the world and keeps the names of its people", async () => {
    const page = await openPage();
    const before = page.stage();
    await page.post("/api/world/token", { watch: "orders-prod", verb: "revoke" });
    expect((await page.post("/api/world/reset", {})).status).toBe(200);
    const after = page.stage();
    expect(after.epoch).toBe(before.epoch + 1);
    expect(tokenOf(page, "orders-prod").standing).toBe("alive");
    // A viewer with an id of the earlier world stays the same person.
    const events = await fetch(`${page.url}api/events?as=${page.robin}`);
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('"name":"robin"');
    await reader?.cancel();
  });
});
