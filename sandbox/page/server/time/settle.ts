import { setTimeout as sleep } from "node:timers/promises";
import type { Bot } from "../../../bot.ts";

/** A Slack that is slow or away keeps messages for long; time goes on without them. */
const PATIENCE_MS = 1_500;

/**
 * To be called before the clock comes to a tick: resolves when the bot has done that round and delivered what it owes,
 * or as much of it as Slack takes in time. Scheduler and courier say so in their last lines.
 */
export async function settled(bot: Pick<Bot, "nextLine">): Promise<void> {
  await bot.nextLine("tick ended");
  const late = new AbortController();
  await Promise.race([
    bot.nextLine("deliveries ended"),
    sleep(PATIENCE_MS, undefined, { signal: late.signal }).catch(() => undefined),
  ]);
  late.abort();
}
