import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { World } from "../../../sandbox/world.ts";
import { type BotProcess, startProcess } from "./bot-process.ts";
import { alertsSeen, SECOND } from "../flow.ts";

/** How a bot ends: at once, or asked to. */
export const ENDS = ["SIGKILL", "SIGTERM"] as const;

/** What a bot has in hand when it ends, and never comes to the end of. */
export const IN_HAND = ["a message", "an inspection"] as const;

export interface Restart {
  readonly end: (typeof ENDS)[number];
  readonly inHand: (typeof IN_HAND)[number];
}

/** From readiness to the first critical message after a restart, at most. */
export const TOLD_WITHIN_MS = 15 * SECOND;

export const untilReady = async ({ opsUrl }: World): Promise<void> => {
  await expect
    .poll(async () => (await fetch(`${opsUrl}/readyz`).catch(() => undefined))?.status, { timeout: 30_000 })
    .toBe(200);
};

/** A bot that has something in hand whose end never comes. */
export const beginWith = async (
  world: World,
  inHand: Restart["inHand"],
  env: Readonly<Record<string, string>> = {},
): Promise<BotProcess> => {
  world.tokenFile("orders").write(world.tokens.noMessaging);
  if (inHand === "an inspection") {
    world.graph.faults.add({ kind: "hang", times: Infinity });
    const bot = startProcess(world, ["run"], env);
    await expect.poll(() => world.graph.calls().length, { timeout: 30_000 }).toBeGreaterThan(0);
    return bot;
  }
  world.slack.faults.add({ kind: "hang", method: "chat.postMessage", times: Infinity });
  const bot = startProcess(world, ["run"], env);
  await bot.says("alert changed");
  // The call to Slack is under way by then.
  await sleep(SECOND);
  return bot;
};

/** Ends a bot that has something in hand, starts the next and gives how long people wait for it once it is ready. */
export const toldAfterRestart = async (world: World, { end, inHand }: Restart): Promise<number> => {
  const bot = await beginWith(world, inHand);
  bot.signal(end);
  await bot.ended;
  world.graph.faults.clear();
  world.slack.faults.clear();
  const robin = world.slack.person("robin");
  expect(alertsSeen({ robin })).toEqual([]);
  startProcess(world);
  await untilReady(world);
  const readyAt = performance.now();
  await expect.poll(() => alertsSeen({ robin }).length, { timeout: 150_000, interval: 50 }).toBeGreaterThan(0);
  return performance.now() - readyAt;
};
