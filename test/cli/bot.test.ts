import { afterEach, describe, expect, it, vi } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { openWorld, type World } from "../../sandbox/world.ts";
import { createMemoryIo, type Setting } from "./memory-io.ts";

let world: World | undefined;

const open = async (): Promise<World> => {
  world = await openWorld({ mode: "socket" });
  return world;
};

afterEach(async () => {
  await world?.close();
  world = undefined;
});

const forever = (): Promise<void> => new Promise(() => undefined);

const inMemory = ({ env, dataDir, clock }: World, setting: Setting = {}) =>
  createMemoryIo({ cwd: dataDir, now: clock.now, wait: forever, ...setting, env: { ...env, ...setting.env } });

describe("run", () => {
  it("runs until a signal, then closes everything", async () => {
    const here = await open();
    const { io, out, err, stop } = inMemory(here, { env: { LOGLEVEL: "info" } });
    const running = runCli([], io);
    await vi.waitFor(() => expect(out()).toContain("Did you mean LOG_LEVEL?"));
    await vi.waitFor(() => expect(out()).toMatch(/"version":"\d+\.\d+\.\d+","watches":1,.*"msg":"wa-token runs"/));
    expect((await fetch(`${here.opsUrl}/healthz`)).status).toBe(200);
    stop();
    expect([await running, err()]).toEqual([0, ""]);
    await expect(fetch(`${here.opsUrl}/healthz`)).rejects.toThrow();
  });

  it("exits when it cannot stop within ten seconds", async () => {
    const here = await open();
    const waits: number[] = [];
    const wait = (ms: number): Promise<void> => {
      waits.push(ms);
      return Promise.resolve();
    };
    const { io, out, err, stop } = inMemory(here, { wait });
    const running = runCli(["run"], io);
    await vi.waitFor(() => expect(out()).toContain("wa-token runs"));
    stop();
    expect([await running, waits]).toEqual([3, [10_000]]);
    expect(err()).toMatch(/did not stop within 10 seconds/);
    await vi.waitFor(() => expect(out()).toContain("wa-token stopped"));
  });

  it("exits 2 with the remedy when Slack refuses the credentials", async () => {
    const here = await open();
    here.slack.setTokens({ bot: "invalid_auth" });
    const { io, err } = inMemory(here);
    expect(await runCli(["run"], io)).toBe(2);
    expect(err()).toMatch(/^Slack refuses SLACK_BOT_TOKEN \(invalid_auth\)\. Copy the token again/);
  });

  it("exits 2 with the remedy when the app is installed for a whole organisation", async () => {
    const here = await open();
    const body = JSON.stringify({ ok: true, team_id: "E0ORG", enterprise_id: "E0ORG", is_enterprise_install: true });
    here.slack.faults.add({ kind: "status", status: 200, body, method: "auth.test" });
    const { io, err } = inMemory(here);
    expect(await runCli(["run"], io)).toBe(2);
    expect(err()).toMatch(/^SLACK_BOT_TOKEN belongs to an installation for a whole Enterprise Grid organisation/);
  });

  it("exits 2 for an empty watchlist with a filled store, unless that is allowed", async () => {
    const here = await open();
    expect(await runCli(["round"], inMemory(here).io)).toBe(0);
    const env = { WHATSAPP_TOKEN_SOURCE: "" };
    const refused = inMemory(here, { env });
    expect(await runCli(["run"], refused.io)).toBe(2);
    expect(refused.err()).toMatch(/--allow-empty/);
    const allowed = inMemory(here, { env });
    const running = runCli(["run", "--allow-empty"], allowed.io);
    await vi.waitFor(() => expect(allowed.out()).toContain("wa-token runs"));
    allowed.stop();
    expect(await running).toBe(0);
  });
});

describe("round", () => {
  it("logs a warning for a misspelt variable, and works", async () => {
    const here = await open();
    const { io, err } = inMemory(here, { env: { ALOWED_USERS: "U0123456789" } });
    expect(await runCli(["round"], io)).toBe(0);
    expect(err()).toMatch(
      /"level":"warn",.*"variable":"ALLOWED_USERS","problem":"ALOWED_USERS is not a variable of this bot\./,
    );
  });

  it("inspects and delivers; its log goes to stderr", async () => {
    const here = await open();
    here.tokenFile("deployed").write(here.tokens.sixtyDay);
    const { io, out, err } = inMemory(here, { env: { LOG_LEVEL: "trace" } });
    expect(await runCli(["round", "--all"], io)).toBe(0);
    expect(out()).toBe("1 watch checked: 1 expiring; alerts: 1 first; sent to Slack: 1 post\n");
    expect(err()).toContain('"msg":"round ended"');
    expect(err()).not.toContain(here.tokens.sixtyDay.slice(0, 20));
    const second = inMemory(here);
    expect(await runCli(["round"], second.io)).toBe(0);
    expect(second.out()).toBe("0 watches checked\n");
  });

  it("exits 2 for an empty watchlist with a filled store, unless that is allowed; then it still delivers", async () => {
    const here = await open();
    here.tokenFile("deployed").write(here.tokens.sixtyDay);
    await here.slack.setChannel("wa-alerts", { archived: true });
    expect(await runCli(["round"], inMemory(here).io)).toBe(3);
    const env = { WHATSAPP_TOKEN_SOURCE: "" };
    const refused = inMemory(here, { env });
    expect(await runCli(["round", "--all"], refused.io)).toBe(2);
    expect(refused.out()).toBe("");
    expect(refused.err()).toMatch(/the store remembers 1 watch\..*--allow-empty/);
    await here.slack.setChannel("wa-alerts", { archived: false });
    here.clock.advance(10 * 60_000);
    const allowed = inMemory(here, { env });
    expect(await runCli(["round", "--allow-empty"], allowed.io)).toBe(0);
    expect(allowed.out()).toBe("0 watches checked; sent to Slack: 1 post\n");
    // The store kept the alert: when the watch is back, the bot edits the same message.
    here.tokenFile("deployed").write(here.tokens.never);
    const again = inMemory(here);
    expect(await runCli(["round", "--all", "--json"], again.io)).toBe(0);
    expect(JSON.parse(again.out())).toEqual({
      checked: 1,
      outcomes: { healthy: 1 },
      changes: { rotated: 1 },
      checkedAgain: 0,
      failed: 0,
      delivery: { posts: 0, edits: 1, replies: expect.any(Number), failed: 0 },
    });
  });

  it("exits 3 when the alert could not be delivered", async () => {
    const here = await open();
    here.tokenFile("deployed").write(here.tokens.sixtyDay);
    await here.slack.setChannel("wa-alerts", { archived: true });
    const { io, out } = inMemory(here);
    expect(await runCli(["round"], io)).toBe(3);
    expect(out()).toMatch(/failed, see the log: 1 delivery/);
  });
});
