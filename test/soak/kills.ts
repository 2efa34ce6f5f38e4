import { killBots } from "../crash/kill-campaign.ts";
import type { TownOptions } from "../crash/town.ts";

/** More towns of the same kinds as in test/crash/kill.test.ts. */
const TOWNS: readonly TownOptions[] = [
  ...Array.from({ length: 4 }, () => ({ watches: 8, channels: 8 })),
  { watches: 8, channels: 3 },
  ...Array.from({ length: 3 }, () => ({ watches: 8, channels: 1, alike: true })),
];

/** Kills the bots at least this often. Returns the exit code: 1 when something is wrong. */
export async function soakKills(
  count: number,
  seed: number,
  compileCache: string,
  say: (line: string) => void,
): Promise<number> {
  const killsInEach = Math.ceil(count / TOWNS.length);
  say(`killing ${killsInEach * TOWNS.length} times with the seed ${seed}`);
  const { report, lost, strange, unexcused, refused, atOnce } = await killBots({
    towns: TOWNS,
    killsInEach,
    seed,
    compileCache,
  });
  say(report);
  const wrong = [
    ...lost.map((line) => `lost: ${line}`),
    ...strange,
    ...unexcused.map((text) => `told twice without need: ${text}`),
    ...refused.map((request) => `Slack refused: ${JSON.stringify(request)}`),
    ...(atOnce > 1 ? [`${atOnce} repeats in one channel after one kill`] : []),
  ];
  for (const line of wrong) say(`  wrong: ${line}`);
  return wrong.length > 0 ? 1 : 0;
}
