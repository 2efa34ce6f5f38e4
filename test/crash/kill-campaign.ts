import type { Audit } from "./audit.ts";
import { type Kill, LEASES_END_MS, type Moment, openCampaign } from "./campaign.ts";
import { mostInOneChannel } from "./findings.ts";
import { seeded } from "./random.ts";
import type { TownOptions } from "./town.ts";

export interface KillOptions {
  /** They live at the same time, so that both cores work while the bots wait. */
  readonly towns: readonly TownOptions[];
  readonly killsInEach: number;
  readonly seed: number;
  readonly compileCache: string;
}

export interface KillSummary extends Pick<Audit, "lost" | "strange"> {
  /** Messages sent twice although the bot could know that Slack had the first. */
  readonly unexcused: readonly string[];
  /** The highest number of repeats in one channel after one kill. */
  readonly atOnce: number;
  readonly words: number;
  readonly repeats: number;
  readonly kills: readonly Kill[];
  /** Requests that Slack refused. */
  readonly refused: readonly unknown[];
  readonly report: string;
}

/** The same order in every town. Half of the kills are aimed at the dangerous moments of a delivery and of a save. */
const MOMENTS: readonly Moment[] = ["opening", "slack", "save", "any", "slack", "save", "opening", "slack", "any"];

const FLIP_EVERY_MS = 400;

interface Outcome extends Audit {
  readonly kills: readonly Kill[];
  readonly refused: readonly unknown[];
}

/** Kills the bot of each town again and again while its tokens fail and recover. Then audits what Slack has. */
export async function killBots({ towns, killsInEach, seed, compileCache }: KillOptions): Promise<KillSummary> {
  const outcomes = await Promise.all(
    towns.map((town, nth) => killInTown({ ...town, compileCache }, killsInEach, seed + nth)),
  );
  const repeats = outcomes.flatMap((outcome) => outcome.repeats);
  const lost = outcomes.flatMap((outcome) => outcome.lost);
  const kills = outcomes.flatMap((outcome) => outcome.kills);
  const words = outcomes.reduce((total, outcome) => total + outcome.words, 0);
  const posts = outcomes.reduce((total, outcome) => total + outcome.posts, 0);
  const unexcused = repeats.filter(({ excused }) => !excused).map(({ text }) => text);
  const atOnce = Math.max(...outcomes.map((outcome) => mostInOneChannel(outcome.repeats)));
  const aimed = ([...new Set(MOMENTS)] as const).map((moment) => {
    const then = outcomes.map((outcome) => outcome.kills.filter((kill) => kill.moment === moment && kill.hit));
    const after = outcomes.map(
      (outcome, nth) => outcome.repeats.filter(({ bot }) => then[nth]?.some((kill) => kill.bot === bot)).length,
    );
    return `${moment} ${then.flat().length} (${after.reduce((sum, count) => sum + count, 0)})`;
  });
  const where = unexcused.length === 0 ? "all" : `${repeats.length - unexcused.length}`;
  return {
    lost,
    strange: outcomes.flatMap((outcome) => outcome.strange),
    unexcused,
    atOnce,
    words,
    repeats: repeats.length,
    kills,
    refused: outcomes.flatMap((outcome) => outcome.refused),
    report:
      `${kills.length} kills: ${lost.length} lost, ${repeats.length} repeats, ${where} between Slack's answer and the ` +
      `commit\n  ${words} transitions, ${posts} messages; kills at each moment (repeats after them): ` +
      `${aimed.join(", ")}; at most ${atOnce} in one channel after one kill`,
  };
}

async function killInTown(
  options: TownOptions & { readonly compileCache: string },
  count: number,
  seed: number,
): Promise<Outcome> {
  const random = seeded(seed);
  await using opened = new AsyncDisposableStack();
  const { town, ...bots } = await openCampaign(options);
  opened.defer(bots.close);
  const flips = setInterval(() => town.flip(random), FLIP_EVERY_MS);
  opened.defer(() => clearInterval(flips));
  const kills: Kill[] = [];
  for (let nth = 0; nth < count; nth++) kills.push(await bots.kill(MOMENTS[nth % MOMENTS.length] ?? "any", random));
  clearInterval(flips);
  const last = await bots.start(LEASES_END_MS);
  await bots.settle(120_000);
  await bots.end(last, "SIGTERM");
  return { ...bots.audit(), kills, refused: town.world.slack.rejections() };
}
