import { setTimeout as sleep } from "node:timers/promises";
import type { Bot } from "../../../bot.ts";

/**
 * Call this before the clock reaches a tick. It resolves when the bot has run the checks of that tick and delivered its
 * messages. It does not wait for messages that Slack does not accept in time. The bot logs both ends, and this function
 * waits for those lines.
 */
export async function settled(bot: Pick<Bot, "nextLine">): Promise<void> {
  await bot.nextLine("tick ended");
  const late = new AbortController();
  await Promise.race([
    bot.nextLine("delivery pass ended"),
    sleep(PATIENCE_MS, undefined, { signal: late.signal }).catch(() => undefined),
  ]);
  late.abort();
}

/** With a slow or unreachable Slack, messages stay in the outbox for a long time. Time moves on without them. */
const PATIENCE_MS = 1_500;
