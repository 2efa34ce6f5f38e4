import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { COMPILED, MAIN, SOURCES } from "../cli/child.ts";
import { type Audit, audit } from "./audit.ts";
import { type Bot, type BotSetting, startBot } from "./bot.ts";
import { keepLedger, type Ledger, type Taken } from "./ledger.ts";
import { below } from "./random.ts";
import { settled } from "./settled.ts";
import { readBeside, readLeft } from "./stored.ts";
import type { Stored } from "./stored-rows.ts";
import { openTown, type Town, type TownOptions } from "./town.ts";
import { nextWrite } from "./writes.ts";

/** Longer than any lease and any retry delay, so everything that a killed bot had claimed is free again. */
export const LEASES_END_MS = 11 * 60_000;

const READY_WITHIN_MS = 60_000;

/** The moment of a kill comes within a second or two; on a busy machine it may take longer. */
const MOMENT_WITHIN_MS = 20_000;

/**
 * The moment at which the bot is killed: while it opens the database (the first bot also creates its tables), while it
 * saves what Graph answered, just when Slack accepts a message, or at any time.
 */
export type Moment = "opening" | "save" | "slack" | "any";

export interface Kill {
  /** Number of the start. */
  readonly bot: number;
  readonly moment: Moment;
  /** False when the moment did not come. */
  readonly hit: boolean;
}

export type CampaignOptions = TownOptions & Pick<BotSetting, "compileCache" | "onLine">;

/** A town and a sequence of bots that run in it, one after the other. */
export interface Campaign {
  readonly town: Town;
  readonly ledger: Ledger;
  readonly stored: () => Stored;
  /** Starts the bot with a clock that is `laterMs` further ahead than the last one's, and waits until it runs. */
  readonly start: (laterMs: number) => Promise<Bot>;
  /** Ends the bot and records its database. Throws when the bot had already ended. */
  readonly end: (bot: Bot, signal: "SIGKILL" | "SIGTERM") => Promise<void>;
  /** Starts the bot and kills it at this moment. */
  readonly kill: (moment: Moment, random: () => number) => Promise<Kill>;
  /** Waits until a running bot has checked every token and delivered every message. */
  readonly settle: (withinMs: number) => Promise<void>;
  /**
   * The audit of all bots, after the last one has ended.
   * @param forgiven true for a message whose acceptance a surviving bot could not save
   */
  readonly audit: (forgiven?: (message: Taken) => boolean) => Audit;
  readonly close: () => Promise<void>;
}

/** On a busy machine Slack's answer takes a while. Messages accepted after this time would count for the next bot. */
const QUIET_MS = 200;

/** Waits until Slack has processed everything that a killed bot had sent. */
const quiet = async (ledger: Ledger): Promise<void> => {
  for (let before = -1; before !== ledger.taken().length;) {
    before = ledger.taken().length;
    await sleep(QUIET_MS);
  }
};

export const openCampaign = async (options: CampaignOptions): Promise<Campaign> => {
  const { compileCache, onLine } = options;
  const town = await openTown(options);
  const { world } = town;
  let aheadMs = 0;
  const now = (): Date => new Date(Date.now() + aheadMs);
  const ledger = keepLedger(world.slack, now);
  const path = join(world.dataDir, "wa-token.db");
  const left = new Map<number, Stored>();
  const running = new Set<Bot>();
  let closed = false;
  const stored = (): Stored => readBeside(path);

  const launch = (laterMs: number): Bot => {
    if (closed) throw new Error("The campaign is over.");
    aheadMs += laterMs;
    world.clock.set(now());
    ledger.nextBot();
    const bot = startBot(world, { aheadMs, compileCache, onLine });
    running.add(bot);
    return bot;
  };

  const untilReady = async (bot: Bot): Promise<void> => {
    if (!(await bot.says("wa-token runs", READY_WITHIN_MS))) throw new Error(`It did not start: ${bot.output()}`);
  };

  const end = async (bot: Bot, signal: "SIGKILL" | "SIGTERM"): Promise<void> => {
    bot.kill(signal);
    const code = await bot.ended;
    running.delete(bot);
    if (code !== (signal === "SIGTERM" ? 0 : null)) throw new Error(`It ended with ${code}: ${bot.output()}`);
    await quiet(ledger);
    left.set(ledger.bot(), readLeft(path));
  };

  /** The first write after an answer of Graph saves that answer. */
  const nextSave = async (): Promise<boolean> => {
    let last = world.graph.calls().at(-1);
    return nextWrite(path, MOMENT_WITHIN_MS, () => {
      const before = last;
      last = world.graph.calls().at(-1);
      return last !== before;
    });
  };

  return {
    town,
    ledger,
    stored,
    start: async (laterMs) => {
      const bot = launch(laterMs);
      await untilReady(bot);
      return bot;
    },
    end,
    kill: async (moment, random) => {
      const opening = nextWrite(path, MOMENT_WITHIN_MS);
      // In half of the cases the next bot starts at once, while the leases of the killed bot are still valid.
      const bot = launch(random() < 0.5 ? LEASES_END_MS : 0);
      let hit = true;
      if (moment === "opening") {
        hit = await opening;
        await sleep(below(random, 30));
      } else {
        await untilReady(bot);
        if (moment === "any") await sleep(below(random, 1_500));
        else {
          hit = await (moment === "slack" ? ledger.nextTaken(MOMENT_WITHIN_MS) : nextSave());
          await sleep([0, below(random, 5), below(random, 20)][below(random, 3)]);
        }
      }
      await end(bot, "SIGKILL");
      return { bot: ledger.bot(), moment, hit };
    },
    settle: (withinMs) => settled({ town, ledger, stored, now }, withinMs),
    audit: (forgiven = () => false) =>
      audit({ taken: ledger.taken(), left, last: readLeft(path), ailments: town.ailments(), forgiven }),
    close: async () => {
      closed = true;
      for (const bot of running) {
        bot.kill("SIGKILL");
        await bot.ended;
      }
      await town.close();
    },
  };
};

/** Fills a folder of compiled code, which makes the many starts faster. Only the first file of a test run has to. */
export const warmUp = async (): Promise<{ readonly compileCache: string; readonly remove: () => void }> => {
  const compileCache = COMPILED ?? mkdtempSync(join(tmpdir(), "wa-token-compiled-"));
  const remove = (): void => {
    if (COMPILED === undefined) rmSync(compileCache, { recursive: true, force: true });
  };
  const isWarm = join(compileCache, "is-warm");
  // The sources may have changed since an earlier test run.
  if (MAIN !== SOURCES && existsSync(isWarm)) return { compileCache, remove };
  const campaign = await openCampaign({ watches: 1, channels: 1, compileCache });
  // Node writes the cache when a process ends normally. The killed bots never do.
  try {
    await campaign.end(await campaign.start(0), "SIGTERM");
  } finally {
    await campaign.close();
  }
  writeFileSync(isWarm, "");
  return { compileCache, remove };
};
