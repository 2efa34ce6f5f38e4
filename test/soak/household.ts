import { setTimeout as sleep } from "node:timers/promises";
import { untruths } from "../crash/audit-truth.ts";
import type { Bot } from "../crash/bot.ts";
import { LEASES_END_MS, openCampaign } from "../crash/campaign.ts";
import { seeded } from "../crash/random.ts";
import type { Taken } from "../crash/ledger.ts";
import { addFault } from "./faults.ts";
import { figuresOf } from "./figures.ts";

const FLIP_EVERY_MS = 700;
const FAULT_EVERY_MS = 1_500;

export interface HouseholdOptions {
  readonly name: string;
  readonly seed: number;
  readonly compileCache: string;
  /** Mean time between kills; Infinity means that the bot is never killed. */
  readonly killEveryMs: number;
}

/** One town with one bot, with faults and kills. */
export interface Household {
  /** Runs until this real time. */
  readonly live: (untilMs: number) => Promise<void>;
  /** One line about the current state. */
  readonly report: () => string;
  /** Returns the last line and the problems found; no problems when all is well. */
  readonly finish: () => Promise<{ readonly report: string; readonly wrong: readonly string[] }>;
  readonly close: () => Promise<void>;
}

const unanswered = (message: Taken): boolean => message.unanswered;

export const openHousehold = async (options: HouseholdOptions): Promise<Household> => {
  const { name, seed, compileCache, killEveryMs } = options;
  let rounds = 0;
  let kills = 0;
  const onLine = (line: string): void => {
    if (line.includes('"msg":"round ended"')) rounds++;
  };
  const { town, ledger, ...bots } = await openCampaign({ watches: 12, channels: 4, compileCache, onLine });
  const random = seeded(seed);
  const timers: NodeJS.Timeout[] = [];
  let bot: Bot | undefined;

  const stopTrouble = (): void => {
    for (const timer of timers.splice(0)) clearInterval(timer);
    town.world.slack.faults.clear();
    town.world.graph.faults.clear();
  };
  const tell = (more: string): string => {
    const { words, posts, repeats } = bots.audit(unanswered);
    return `${name}: ${rounds} rounds, ${words} transitions, ${posts} messages, ${kills} kills, ${repeats.length} repeats, ${more}`;
  };

  return {
    live: async (untilMs) => {
      timers.push(
        setInterval(() => town.flip(random), FLIP_EVERY_MS),
        setInterval(() => addFault(town.world, random), FAULT_EVERY_MS),
      );
      bot = await bots.start(0);
      for (let left = untilMs - Date.now(); left > 0; left = untilMs - Date.now()) {
        const untilKillMs = killEveryMs === Infinity ? Infinity : -Math.log(1 - random()) * killEveryMs;
        await sleep(Math.min(left, untilKillMs));
        if (Date.now() >= untilMs) break;
        const dying = bot;
        bot = undefined;
        await bots.end(dying, "SIGKILL");
        kills++;
        bot = await bots.start(0);
      }
      stopTrouble();
    },
    report: () => {
      const holds = bot === undefined ? undefined : figuresOf(bot.pid);
      const size = holds === undefined ? "just dead" : `${holds.memoryMb} MB, ${holds.handles} handles`;
      return tell(`${bots.stored().owed} owed, ${size}`);
    },
    finish: async () => {
      if (bot !== undefined) await bots.end(bot, "SIGTERM");
      // Until here the clock follows real time. Now it jumps ahead, because retry delays may last minutes.
      const last = await bots.start(LEASES_END_MS);
      await bots.settle(5 * 60_000);
      await bots.end(last, "SIGTERM");
      const { lost, strange, repeats } = bots.audit(unanswered);
      const twice = repeats.filter(({ excused }) => !excused).map(({ text }) => `told twice without need: ${text}`);
      const wrong = [...lost, ...strange, ...twice, ...untruths(town, ledger.taken(), bots.stored())];
      return { report: tell(`${lost.length} lost`), wrong };
    },
    close: async () => {
      stopTrouble();
      await bots.close();
    },
  };
};
