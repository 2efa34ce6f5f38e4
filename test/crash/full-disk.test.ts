import { execFileSync, spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { MAIN } from "../cli/child.ts";
import { unpack } from "../store/migrations/killed-databases.ts";
import { untruths } from "./audit-truth.ts";
import type { Bot } from "./bot.ts";
import { type Campaign, LEASES_END_MS, openCampaign, warmUp } from "./campaign.ts";
import { seeded } from "./random.ts";
import { say } from "./say.ts";

/** Many starts of a real process take minutes on a slow machine. */
const LONG = { timeout: 600_000 };

let compiled: Awaited<ReturnType<typeof warmUp>>;
beforeAll(async () => {
  compiled = await warmUp();
});
afterAll(() => compiled.remove());

const TICK_ENDED = '"msg":"tick ended"';

/**
 * Limits the size of the files that a running process may write. With 0 the kernel refuses every byte, as on a full
 * disk (setrlimit(2), RLIMIT_FSIZE).
 */
const limitFiles = ({ pid }: Bot, bytes: number | "unlimited"): void => {
  execFileSync("prlimit", [`--pid=${pid}`, `--fsize=${bytes}:`]);
};

/** Waits until the bot has ended this many more ticks, so whatever it does at a tick has happened. */
const ticks = async (bot: Bot, count: number): Promise<void> => {
  const ended = (): number => bot.count(TICK_ENDED);
  const before = ended();
  await expect.poll(() => ended() - before, { timeout: 60_000 }).toBeGreaterThanOrEqual(count);
};

/** Right after a tick, no watch is claimed. A claimed one that cannot be saved keeps its lease for two minutes. */
const fillDisk = async (bot: Bot): Promise<void> => {
  await ticks(bot, 1);
  limitFiles(bot, 0);
};

const readyz = async ({ town }: Campaign): Promise<string> =>
  (await fetch(`${town.world.opsUrl}/readyz`, { headers: { connection: "close" } })).text();

const aTown = async (): Promise<Campaign> => {
  const campaign = await openCampaign({
    watches: 6,
    channels: 6,
    compileCache: compiled.compileCache,
    env: { LOG_LEVEL: "trace" },
  });
  onTestFinished(() => campaign.close());
  return campaign;
};

const flipAll = ({ town }: Campaign): void => {
  const random = seeded(3);
  for (let flip = 0; flip < 20; flip++) town.flip(random);
};

it("a start on a full disk fails with an instruction", LONG, async () => {
  const { world } = (await aTown()).town;
  const setting = { cwd: world.dataDir, env: { ...world.env }, encoding: "utf8" } as const;
  const { status, stderr } = spawnSync("prlimit", ["--fsize=0:", process.execPath, MAIN, "run"], setting);
  expect(status).toBe(3);
  expect(stderr).toMatch(/^wa-token stopped: The database \S+ cannot be read or written\. .*Check the disk/);
});

it(
  "a bot whose disk has no room for the copy before an upgrade refuses to start, and changes nothing",
  LONG,
  async () => {
    const { world } = (await aTown()).town;
    const file = join(world.dataDir, "wa-token.db");
    await unpack("escalated-group", file);
    // As its bot left it; the fixture was packed for a single file.
    const old = new DatabaseSync(file);
    old.exec("pragma journal_mode = wal");
    old.close();
    const before = await readFile(file);
    // Enough for SQLite's own files beside it, not for the copy.
    const room = `--fsize=${Math.floor(before.length / 2)}:`;
    const setting = { cwd: world.dataDir, env: { ...world.env }, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync("prlimit", [room, process.execPath, MAIN, "run"], setting);
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^wa-token stopped: The database \S+ needs an upgrade, but a copy could not be saved as \S+ first\. .*Check the disk/,
    );
    const left = (await readdir(world.dataDir)).filter((name) => name.startsWith("wa-token.db"));
    expect(left).toEqual(["wa-token.db", "wa-token.db.lock"]);
    expect(before.equals(await readFile(file))).toBe(true);
  },
);

it("with a full disk the bot keeps running without messages, and sends them when there is space", LONG, async () => {
  const campaign = await aTown();
  const bot = await campaign.start(0);
  await campaign.settle(60_000);
  await fillDisk(bot);
  flipAll(campaign);
  await ticks(bot, 2);
  expect(campaign.ledger.taken()).toEqual([]);
  expect(await readyz(campaign)).toMatch(/"store":{"ok":false,"message":"The database \S+ cannot be read or written/);
  limitFiles(bot, "unlimited");
  // A watch that was claimed before the disk was full, and could not be saved, is free when its lease of two minutes ends.
  await campaign.settle(180_000);
  expect(await readyz(campaign)).not.toContain("cannot be read or written");
  await campaign.end(bot, "SIGTERM");
  expect(untruths(campaign.town, campaign.ledger.taken(), campaign.stored())).toEqual([]);
  expect(campaign.ledger.taken().length).toBeGreaterThan(0);
  expect(campaign.audit()).toMatchObject({ lost: [], repeats: [], strange: [] });
});

it(
  "messages that Slack accepted while the disk filled up are repeated at most once, after it has space again",
  LONG,
  async () => {
    const campaign = await aTown();
    const { town, ledger } = campaign;
    const bot = await campaign.start(0);
    await campaign.settle(60_000);
    // The disk is full before Slack sends its answer, so the bot cannot save that answer.
    const stopFilling = town.world.slack.subscribe((event) => {
      if (event.type === "call" && event.call.method === "chat.postMessage") limitFiles(bot, 0);
    });
    flipAll(campaign);
    expect(await ledger.nextTaken(30_000)).toBe(true);
    await ticks(bot, 1);
    stopFilling();
    const whileFull = ledger.taken().slice();
    await ticks(bot, 2);
    expect(ledger.taken()).toEqual(whileFull);

    limitFiles(bot, "unlimited");
    await ticks(bot, 2);
    await campaign.end(bot, "SIGTERM");
    const next = await campaign.start(LEASES_END_MS);
    await campaign.settle(60_000);
    await campaign.end(next, "SIGTERM");
    const { lost, repeats, strange } = campaign.audit((message) => whileFull.includes(message));
    say(`disk full: ${whileFull.length} messages could not be noted as taken, ${repeats.length} were repeated`);
    expect({ lost, strange, unexcused: repeats.filter(({ excused }) => !excused) }).toEqual({
      lost: [],
      strange: [],
      unexcused: [],
    });
    expect(repeats.length).toBeLessThanOrEqual(whileFull.length);
    expect(untruths(town, ledger.taken(), campaign.stored())).toEqual([]);
  },
);

it(
  "a bot that cannot save posts one message in the alert channel, and edits it when it can save again",
  LONG,
  async () => {
    const campaign = await aTown();
    const { town, ledger } = campaign;
    const bot = await campaign.start(0);
    await campaign.settle(60_000);
    const ready = async (): Promise<number> => (await fetch(`${town.world.opsUrl}/readyz`)).status;
    expect(await ready()).toBe(200);
    await fillDisk(bot);
    flipAll(campaign);
    await expect.poll(ready, { timeout: 60_000 }).toBe(503);
    await expect.poll(() => ledger.aboutSaving().length, { timeout: 60_000 }).toBe(1);
    // The disk has space for a moment and is full again: the bot edits its message and posts no second one.
    limitFiles(bot, "unlimited");
    await expect.poll(() => ledger.aboutSaving().length, { timeout: 60_000 }).toBe(2);
    expect(await ready()).toBe(200);
    await fillDisk(bot);
    flipAll(campaign);
    await expect.poll(() => ledger.aboutSaving().length, { timeout: 60_000 }).toBe(3);
    await ticks(bot, 2);
    const notices = ledger.aboutSaving();
    const channel = town.world.slack.channelId("wa-alerts");
    expect(notices.map(({ kind, channel: where }) => [kind, where])).toEqual([
      ["post", channel],
      ["edit", channel],
      ["edit", channel],
    ]);
    expect(new Set(notices.map(({ ts }) => ts)).size).toBe(1);
    expect(notices[0]?.text).toMatch(/cannot save.+\nThe database \S+ cannot be read or written\./);
    expect(notices[1]?.text).toContain("can save again");
    expect(bot.output()).toContain("the store rejects writes");
    limitFiles(bot, "unlimited");
    await campaign.end(bot, "SIGTERM");
  },
);
