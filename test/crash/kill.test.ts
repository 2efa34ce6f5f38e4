import { access, cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { unpack } from "../store/migrations/killed-databases.ts";
import { auditOutbox } from "../support/audit-outbox.ts";
import { startBot } from "./bot.ts";
import { openCampaign, warmUp } from "./campaign.ts";
import { killBots } from "./kill-campaign.ts";
import { say } from "./say.ts";
import type { TownOptions } from "./town.ts";
import { nextWrite } from "./writes.ts";

/** Many starts of a real process take minutes on a slow machine. */
const LONG = { timeout: 600_000 };

/** `npm run soak` kills 200 times in more towns. */
const TOWNS: readonly TownOptions[] = [
  { watches: 8, channels: 8 },
  { watches: 8, channels: 3 },
  // All alerts share one channel and one cause, so they are grouped and delivered one after the other.
  { watches: 8, channels: 1, alike: true },
];
const KILLS_IN_EACH = 5;
const KILLS = KILLS_IN_EACH * TOWNS.length;
const SEED = 1_122;

/** The files whose next write is the moment of a kill during an upgrade. */
const UPGRADE_WRITES = ["copy", "database", "database"] as const;

let compiled: Awaited<ReturnType<typeof warmUp>>;
beforeAll(async () => {
  compiled = await warmUp();
});
afterAll(() => compiled.remove());

it(
  `a bot that is killed ${KILLS} times loses no message, and repeats at most one message in each active channel`,
  LONG,
  async () => {
    const seed = Number(process.env["KILL_SEED"] ?? SEED);
    say(`killing with the seed ${seed} (KILL_SEED sets another)`);
    const { compileCache } = compiled;
    const summary = await killBots({ towns: TOWNS, killsInEach: KILLS_IN_EACH, seed, compileCache });
    const { report, words, repeats, kills, atOnce, ...wrong } = summary;
    say(report);
    expect(wrong).toEqual({ lost: [], strange: [], unexcused: [], refused: [] });
    // The limit in the documentation: a crash costs at most one repeated message in each channel with a delivery in
    // progress. An excused message was the last one of its bot in its channel.
    expect(atOnce).toBeLessThanOrEqual(1);
    // Without these kills and messages the test would prove nothing.
    for (const moment of ["opening", "save", "slack"])
      expect(kills.filter((kill) => kill.moment === moment && kill.hit).length).toBeGreaterThan(1);
    expect(words).toBeGreaterThan(KILLS);
    expect(repeats).toBeGreaterThan(0);
  },
);

it("a bot that is killed during an upgrade upgrades the same database at its next start", LONG, async () => {
  const { town, ...bots } = await openCampaign({ watches: 1, channels: 1, compileCache: compiled.compileCache });
  onTestFinished(bots.close);
  const { world } = town;
  const file = join(world.dataDir, "wa-token.db");
  const copy = `${file}.before-0005-one-outbox`;
  const rows = (query: string, from = file): readonly { readonly id: string }[] => {
    using database = new DatabaseSync(from);
    return database
      .prepare(query)
      .all()
      .map(({ id }) => ({ id: String(id) }));
  };
  const alerts = "select id from alerts order by id";
  let unfinished = 0;
  /** Read from copies, because opening the files repairs them, and the next bot must do that itself. */
  const isUpgraded = async (): Promise<boolean> => {
    const left = join(world.dataDir, "left.db");
    for (const suffix of ["", "-wal"])
      await cp(file + suffix, left + suffix, { force: true }).catch(() => rm(left + suffix, { force: true }));
    return rows("select name as id from sqlite_master where name = 'owed'", left).length > 0;
  };
  // The bot writes the copy before it changes the database.
  for (const written of UPGRADE_WRITES.map((suffix) => (suffix === "copy" ? copy : file))) {
    for (const name of await readdir(world.dataDir))
      if (name.startsWith("wa-token.db")) await rm(join(world.dataDir, name));
    await unpack("escalated-group", file);
    const before = rows(alerts);
    const writing = nextWrite(written, 20_000);
    const killed = startBot(world, { aheadMs: 0, compileCache: compiled.compileCache });
    onTestFinished(() => killed.kill("SIGKILL"));
    expect(await writing).toBe(true);
    killed.kill("SIGKILL");
    expect(await killed.ended).toBe(null);
    if (!(await isUpgraded())) unfinished++;

    const next = await bots.start(0);
    await bots.end(next, "SIGTERM");
    await access(copy);
    expect(rows(alerts)).toEqual(expect.arrayContaining([...before]));
    expect(await auditOutbox(async (query) => rows(query))).toEqual([]);
  }
  say(`killed during an upgrade: ${unfinished} of ${UPGRADE_WRITES.length} databases were not upgraded yet`);
  expect(unfinished).toBeGreaterThan(0);
});
