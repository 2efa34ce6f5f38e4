import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { aFlow, askOps, aWorld, DAY, HOUR, MINUTE, SECOND, MODES, withPeople } from "../flow.ts";
import { later, ORDERS, watching } from "../watched.ts";

/** The value of one series as Prometheus would read it; undefined when there is none. */
const valueOf = (metrics: string, series: string): number | undefined => {
  const line = metrics.split("\n").find((candidate) => candidate.startsWith(`${series} `));
  const text = line?.slice(series.length + 1);
  return text === "+Inf" ? Infinity : text === undefined ? undefined : Number(text);
};

describe.each(MODES)("health of the bot over %s", (mode) => {
  it("is alive at once, and ready after Slack is linked and the first round has ended", async () => {
    const world = await aWorld({ mode });
    world.graph.faults.add({ kind: "hang", times: Infinity });
    const bot = await world.startBot({ untilCaughtUp: false });
    expect(await askOps(world, "/healthz")).toMatchObject({ status: 200 });
    const before = await askOps(world, "/readyz");
    expect(before.status).toBe(503);
    expect(JSON.parse(before.body)).toMatchObject({
      ready: false,
      checks: { store: { ok: true }, slack: { ok: true }, rounds: { ok: false } },
    });
    const ended = bot.nextLine("tick ended");
    await world.graph.goAway();
    await ended;
    const ready = await askOps(world, "/readyz");
    expect(ready.status).toBe(200);
    expect(JSON.parse(ready.body)).toMatchObject({
      ready: true,
      checks: { rounds: { ok: true }, graph: { ok: false } },
    });
  });

  it("does not answer after the stop", async () => {
    const flow = await aFlow({ mode });
    await flow.bot.stop();
    await expect(askOps(flow, "/healthz")).rejects.toThrow();
  });
});

describe("/readyz", () => {
  it("reports a watch without an answer from Graph, and stays ready", async () => {
    const flow = await watching("never");
    await flow.graph.goAway();
    await later(flow, HOUR);
    const ready = await askOps(flow, "/readyz");
    expect(ready.status).toBe(200);
    expect(ready.body).toContain("Watch orders-prod could not be inspected");
  });

  it("is not ready when no round has run for a long time", async () => {
    // Who waits for the next look at the clock waits for ever, as in a process that hangs.
    const hangs = (ms: number, signal?: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        // A real turn, because something waits two seconds again and again.
        if (ms <= 5 * SECOND) setTimeout(resolve, 1);
        else signal?.addEventListener("abort", () => resolve(), { once: true });
      });
    const flow = await aFlow({}, { wait: hangs });
    flow.clock.advance(400 * DAY);
    expect(await askOps(flow, "/readyz")).toMatchObject({
      status: 503,
      body: expect.stringContaining("has not begun"),
    });
  });
});

describe("rounds whose work the store does not keep", () => {
  it("make the bot not ready although the store answers, until one round is saved", async () => {
    const flow = await watching("never", { env: { SCHEDULE: "* * * * * *", CHECK_INTERVAL: "1s" } });
    expect(await askOps(flow, "/readyz")).toMatchObject({ status: 200 });
    // As on a full disk: what is there can be read, and watches can be claimed, but no result is kept.
    const { databaseUrl } = flow.config;
    if (databaseUrl.kind !== "sqlite") throw new Error("this flow is written for SQLite");
    const database = new DatabaseSync(databaseUrl.path);
    onTestFinished(() => database.close());
    database.exec(
      "create trigger no_room before update of checked_at on watches begin select raise(abort, 'no room'); end",
    );
    const refused = [flow.bot.nextLine("could not check or save the watch"), flow.bot.nextLine("tick ended")];
    flow.clock.advance(MINUTE);
    await Promise.all(refused);
    // The claim's lease is not over yet: nothing is due, which proves nothing.
    const nothingDue = [flow.bot.nextLine("no watch was due"), flow.bot.nextLine("tick ended")];
    flow.clock.advance(2 * SECOND);
    await Promise.all(nothingDue);
    flow.clock.advance(3 * MINUTE);
    const failing = await askOps(flow, "/readyz");
    expect(failing.status).toBe(503);
    expect(JSON.parse(failing.body)).toMatchObject({
      checks: { store: { ok: true }, rounds: { ok: false, message: expect.stringMatching(/^No round .* no room$/) } },
    });
    database.exec("drop trigger no_room");
    const kept = [flow.bot.nextLine("round ended"), flow.bot.nextLine("tick ended")];
    flow.clock.advance(3 * MINUTE);
    await Promise.all(kept);
    expect(await askOps(flow, "/readyz")).toMatchObject({ status: 200 });
  });
});

describe("/metrics", () => {
  it("has the expiry and state of tokens, the last answer and round, checks and Graph's response time", async () => {
    const world = await aWorld({
      watchlist: (source) => `watches:
  - { name: fine, source: "${source("fine")}" }
  - { name: ending, source: "${source("ending")}" }
  - { name: absent, source: "${source("absent")}" }`,
    });
    world.tokenFile("fine").write(world.tokens.never);
    world.tokenFile("ending").write(world.tokens.sixtyDay);
    withPeople(world, await world.startBot());
    const { status, body } = await askOps(world, "/metrics");
    const nowSeconds = world.clock.now().getTime() / 1_000;
    expect(status).toBe(200);
    expect(valueOf(body, 'wa_token_expires_at_seconds{watch="fine"}')).toBe(Infinity);
    expect(valueOf(body, 'wa_token_expires_at_seconds{watch="ending"}')).toBe(nowSeconds + (5 * DAY) / 1_000);
    expect(valueOf(body, 'wa_token_expires_at_seconds{watch="absent"}')).toBeUndefined();
    expect(valueOf(body, 'wa_token_state{watch="fine",state="healthy"}')).toBe(1);
    expect(valueOf(body, 'wa_token_state{watch="fine",state="expiring"}')).toBe(0);
    expect(valueOf(body, 'wa_token_state{watch="ending",state="expiring"}')).toBe(1);
    expect(valueOf(body, 'wa_token_state{watch="absent",state="unknown"}')).toBe(1);
    expect(valueOf(body, 'wa_token_last_answer_timestamp_seconds{watch="fine"}')).toBe(nowSeconds);
    expect(valueOf(body, 'wa_token_last_answer_timestamp_seconds{watch="absent"}')).toBeUndefined();
    expect(valueOf(body, 'wa_token_checks_total{watch="fine",outcome="healthy"}')).toBe(1);
    expect(valueOf(body, 'wa_token_checks_total{watch="absent",outcome="unknown"}')).toBe(1);
    expect(valueOf(body, "wa_token_alerts_undelivered")).toBe(0);
    expect(valueOf(body, "wa_token_last_round_timestamp_seconds")).toBe(nowSeconds);
    expect(valueOf(body, "wa_token_graph_request_duration_seconds_count")).toBe(world.graph.calls().length);
    expect(body).toMatch(/^process_cpu_user_seconds_total /m);
    expect(body).toMatch(/^nodejs_eventloop_lag_seconds /m);
  });

  it("keeps the last verdict while checks fail", async () => {
    const world = await aWorld({ watchlist: ORDERS });
    world.tokenFile("orders").write(world.tokens.sixtyDay);
    const flow = withPeople(world, await world.startBot());
    const answeredAt = world.clock.now().getTime() / 1_000;
    await world.graph.goAway();
    await later(flow, HOUR);
    const { body } = await askOps(flow, "/metrics");
    expect(valueOf(body, 'wa_token_state{watch="orders-prod",state="expiring"}')).toBe(1);
    expect(valueOf(body, 'wa_token_state{watch="orders-prod",state="unknown"}')).toBe(0);
    expect(valueOf(body, 'wa_token_last_answer_timestamp_seconds{watch="orders-prod"}')).toBe(answeredAt);
    expect(valueOf(body, 'wa_token_checks_total{watch="orders-prod",outcome="unknown"}')).toBe(1);
  });
});
