import { setTimeout as sleep } from "node:timers/promises";
import type { WatchStore } from "../../../../src/watch/ports.ts";
import type { Bot } from "../../../bot.ts";

/**
 * Call this before the clock reaches a tick. It resolves when the bot has run the checks of that tick and delivered its
 * messages. It does not wait for messages that Slack does not accept in time. The bot logs both ends, and this function
 * waits for those lines.
 */
export async function settled(bot: Pick<Bot, "nextLine">): Promise<void> {
  await bot.nextLine("tick ended");
  await patiently(passEnded(bot));
}

/** Resolves when Slack shows every message of the outbox. It does not wait for messages that Slack does not accept. */
export async function delivered(bot: Pick<Bot, "nextLine">, store: Pick<WatchStore, "undelivered">): Promise<void> {
  const empty = async (): Promise<void> => {
    // Listens before it looks, so that a pass that ends in between is not missed.
    for (let ended = passEnded(bot); (await store.undelivered()).length > 0; ended = passEnded(bot)) await ended;
  };
  await patiently(empty());
}

function passEnded(bot: Pick<Bot, "nextLine">): Promise<void> {
  return bot.nextLine("delivery pass ended");
}

async function patiently(done: Promise<void>): Promise<void> {
  const late = new AbortController();
  await Promise.race([done, sleep(PATIENCE_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
}

/** With a slow or unreachable Slack, messages stay in the outbox for a long time. Time moves on without them. */
const PATIENCE_MS = 1_500;
