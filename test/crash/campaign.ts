import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Audit, audit } from "./audit.ts";
import { type Bot, type BotSetting, startBot } from "./bot.ts";
import { keepLedger, type Ledger, type Taken } from "./ledger.ts";
import { below } from "./random.ts";
import { readBeside, readLeft } from "./stored.ts";
import type { Stored } from "./stored-rows.ts";
import { openTown, type Town, type TownOptions } from "./town.ts";

/** Longer than any lease and any pause: whatever a dead bot had taken is free by then. */
export const LEASES_END_MS = 11 * 60_000;

const READY_WITHIN_MS = 30_000;

/** After such a time without anything owed the bot has looked at every token as it is now. */
const CALM_MS = 5_000;

/** When the bot is killed: while it starts, at any moment, or just when Slack takes a message. */
export type Moment = "start" | "any" | "slack";

export type CampaignOptions = TownOptions & Pick<BotSetting, "compileCache" | "onLine">;

/** A town, and the bots that live in it one after the other. */
export interface Campaign {
  readonly town: Town;
  readonly ledger: Ledger;
  readonly stored: () => Stored;
  /** Starts the bot, its clock so much further ahead than the last one's, and waits until it runs. */
  readonly start: (laterMs: number) => Promise<Bot>;
  /** Ends it and notes what it left. Throws when it had ended by itself. */
  readonly end: (bot: Bot, signal: "SIGKILL" | "SIGTERM") => Promise<void>;
  /** Starts the bot and kills it at such a moment. Gives which start that was. */
  readonly kill: (moment: Moment, random: () => number) => Promise<number>;
  /** Lets a running bot tell all that there is to tell. */
  readonly settle: (withinMs: number) => Promise<void>;
  /**
   * What stands against the bots, once the last one has ended.
   * @param forgiven a message that a bot could not note as taken although it lived on
   */
  readonly audit: (forgiven?: (message: Taken) => boolean) => Audit;
  readonly close: () => Promise<void>;
}

/** A machine that is busy lets Slack's answer wait; what is taken later would count as the next bot's. */
const QUIET_MS = 200;

/** Until Slack has dealt with everything that a dead bot had sent. */
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
      // Every other time it comes back at once, while what the dead one had taken is still taken.
      const bot = launch(random() < 0.5 ? LEASES_END_MS : 0);
      if (moment === "start") await sleep(below(random, 700));
      else {
        await untilReady(bot);
        if (moment === "any") await sleep(below(random, 4_000));
        else if (await ledger.nextTaken(4_000)) await sleep([0, below(random, 5), below(random, 20)][below(random, 3)]);
      }
      await end(bot, "SIGKILL");
      return ledger.bot();
    },
    settle: async (withinMs) => {
      let calmMs = 0;
      for (let waitedMs = 0; calmMs < CALM_MS; waitedMs += 200) {
        if (waitedMs > withinMs) throw new Error(`After ${withinMs} ms Slack still lacks ${stored().owed} messages.`);
        await sleep(200);
        calmMs = stored().owed === 0 ? calmMs + 200 : 0;
      }
    },
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

/** A folder of compiled code that makes many starts quick. */
export const warmUp = async (): Promise<{ readonly compileCache: string; readonly remove: () => void }> => {
  const compileCache = mkdtempSync(join(tmpdir(), "wa-token-compiled-"));
  const campaign = await openCampaign({ watches: 1, channels: 1, compileCache });
  // Written when a process ends well, which those that are killed never do.
  try {
    await campaign.end(await campaign.start(0), "SIGTERM");
  } finally {
    await campaign.close();
  }
  return { compileCache, remove: () => rmSync(compileCache, { recursive: true, force: true }) };
};
