import { readFileSync } from "node:fs";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Person } from "../../../sandbox/slack/people/driver.ts";
import type { World } from "../../../sandbox/world.ts";
import { startProcess } from "./bot-process.ts";
import { ask, aWorld, headerOf, MODES, openForm, TOKEN } from "../flow.ts";
import { leaksIn, withDerived } from "../people/leaks.ts";
import { ORDERS, theAlert } from "../watched.ts";

/** A process of its own has the real clock. */
const aRealWorld = (options: Parameters<typeof aWorld>[0] = {}): Promise<World> =>
  aWorld({ start: new Date(), ...options });

const submitTyped = async (world: World, person: Person, token: string): Promise<void> => {
  await openForm(world, person);
  await person.type(TOKEN, token);
  expect(await person.submit()).toMatchObject({ kind: "acked" });
};

describe.each(MODES)("the process of the bot over %s", (mode) => {
  it("ends cleanly at SIGTERM and finishes a person's running check", async () => {
    const world = await aRealWorld({ mode });
    const robin = world.slack.person("robin");
    const bot = startProcess(world);
    await bot.says("tick ended");
    if (mode === "socket") await world.slack.waitFor(() => world.slack.sockets.open() === 1);
    world.graph.faults.add({ kind: "slow", delayMs: 300, path: "/debug_token" });
    await submitTyped(world, robin, world.tokens.sixtyDay);
    bot.signal("SIGTERM");
    const { code, tookMs } = await bot.ended;
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(10_000);
    expect(headerOf(robin.modal()?.blocks ?? [])).toMatch(/^⏳ Expiring: /);
    const lines = bot.output().trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as object).at(-1)).toMatchObject({ msg: "wa-token stopped" });
    expect(bot.output()).not.toMatch(/"level":"(?:error|fatal)"/);
  });
});

describe("the process of the bot", () => {
  it.each([
    ["SIGTERM", "round ended"],
    ["SIGHUP", "listening for health and metrics"],
  ] as const)("ends cleanly at %s while it starts and Slack is silent, once it says: %s", async (signal, line) => {
    const world = await aRealWorld({ watchlist: ORDERS });
    world.tokenFile("orders").write(world.tokens.never);
    // Takes connections and says nothing.
    const silent = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void silent.close());
    await once(silent, "listening");
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const bot = startProcess(world, ["run"], { SLACK_API_URL: `http://127.0.0.1:${port}/api/` });
    // The first round is done long before Slack's ten seconds are over.
    await bot.says(line);
    expect(bot.output()).not.toContain("Slack bot token is down");
    bot.signal(signal);
    const { code, tookMs } = await bot.ended;
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(8_000);
    expect(bot.output().trimEnd().split("\n").at(-1)).toContain("wa-token stopped during its start");
    expect(bot.output()).not.toContain("wa-token runs");
  });

  it("ends at SIGTERM during a round; the next bot has its results and reports them", async () => {
    const world = await aRealWorld({ watchlist: ORDERS });
    world.tokenFile("orders").write(world.tokens.sixtyDay);
    world.graph.faults.add({ kind: "slow", delayMs: 500, path: "/debug_token" });
    const bot = startProcess(world);
    await bot.says("wa-token runs");
    bot.signal("SIGTERM");
    expect(await bot.ended).toMatchObject({ code: 0 });
    expect(bot.output()).toContain('"outcomes":{"expiring":1}');
    world.graph.forgetCalls();
    world.clock.set(new Date());
    await world.startBot();
    expect(world.graph.calls()).toEqual([]);
    expect(theAlert({ robin: world.slack.person("robin") }).text).toContain("*orders-prod: token expiring*");
  });

  it("ends within ten seconds although Graph hangs and strangers hold half a request open", async () => {
    const world = await aRealWorld({ mode: "http" });
    const bot = startProcess(world);
    await bot.says("tick ended");
    const stranger = connect(world.config.slack.port, "127.0.0.1");
    stranger.on("error", () => undefined);
    stranger.write("POST /slack/events HTTP/1.1\r\nhost: bot\r\ncontent-length: 100\r\n\r\nhalf");
    world.graph.faults.add({ kind: "hang", times: Infinity });
    await submitTyped(world, world.slack.person("robin"), world.tokens.never);
    bot.signal("SIGTERM");
    const { code, tookMs } = await bot.ended;
    stranger.destroy();
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(9_500);
    expect(bot.output()).toContain("stopped before all running work ended");
  });

  it("does not run twice on one database; a single round works next to it", async () => {
    const world = await aRealWorld({ watchlist: ORDERS });
    world.tokenFile("orders").write(world.tokens.never);
    const first = await world.startBot();
    const second = startProcess(world, ["run"], { OPS_PORT: "0" });
    const { code } = await second.ended;
    expect(code).toBe(3);
    expect(second.output()).toMatch(/wa-token\.db/);
    expect(second.output()).toMatch(/another|already|second/i);
    expect(second.output()).not.toMatch(/\bat .*\.ts:\d+/);

    world.tokenFile("orders").write(world.tokens.sixtyDay);
    const round = startProcess(world, ["round", "--all"]);
    expect(await round.ended).toMatchObject({ code: 0 });
    expect(round.output()).toContain("1 watch checked: 1 expiring; alerts: 1 first; sent to Slack: 1 post");
    const robin = world.slack.person("robin");
    expect(theAlert({ robin }).text).toContain("*orders-prod: token expiring*");
    expect((await ask(world, robin, "status")).text).toContain("Expiring");
    await first.stop();
  });

  it("starts with few variables, and ends with 2 and the remedy when Slack refuses its token", async () => {
    const world = await aRealWorld();
    const few = ["SLACK_APP_TOKEN", "SLACK_API_URL", "DATABASE_URL", "OPS_PORT"];
    const env = Object.fromEntries(Object.entries(world.env).filter(([name]) => few.includes(name)));
    const little = { ...world, env };
    const refused = startProcess(little, [], { SLACK_BOT_TOKEN: "xoxb-wrong" });
    expect(await refused.ended).toMatchObject({ code: 2 });
    expect(refused.output()).toContain("Slack refuses SLACK_BOT_TOKEN (invalid_auth)");
    expect(refused.output()).not.toContain("xoxb-wrong");

    const bot = startProcess(little, [], { SLACK_BOT_TOKEN: world.slack.botToken });
    await bot.says("tick ended");
    expect((await ask(world, world.slack.person("robin"), "help")).text).toContain("/wa-token guide");
    bot.signal("SIGINT");
    expect(await bot.ended).toMatchObject({ code: 0 });
    expect(bot.output()).toContain("no watch is configured");
  });

  it("shows no token in its output at level trace, nor in its title", async () => {
    const appSecret = "canary1app2secret3that4nobody5may6ever7see8";
    const world = await aRealWorld({ appSecret });
    const robin = world.slack.person("robin");
    const token = world.tokens.sixtyDay;
    world.tokenFile("deployed").write(token);
    const bot = startProcess(world);
    await bot.says("tick ended");
    await submitTyped(world, robin, token);
    await world.slack.waitFor(() => robin.modal()?.title === "Check result");
    await ask(world, robin, `check ${token}`);
    world.slack.sockets.drop();
    await world.slack.waitFor(() => world.slack.sockets.open() === 1);
    const title = readFileSync(`/proc/${bot.pid}/cmdline`, "utf8");
    bot.signal("SIGTERM");
    await bot.ended;
    expect(leaksIn(withDerived(token, appSecret), { title, output: bot.output() })).toEqual([]);
    const { botToken, appToken, signingSecret } = world.slack;
    for (const secret of [botToken, appToken, signingSecret]) expect(bot.output()).not.toContain(secret);
  });
});
