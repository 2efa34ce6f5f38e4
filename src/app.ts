// The composition root, the only module that knows all parts. Construction opens nothing; start opens the parts, and
// stop closes them in reverse order. app/parts.ts creates what opens nothing, app/start-bot.ts has one function per
// phase. It may import every folder except cli/ (config/ and guide/ only as types). To add a part: create it in the
// phase that has its dependencies, defer its closing at once, and pass it to the parts that need it.
import { createParts, type Overrides } from "./app/parts.ts";
import { renewBeside, type Renewing, type RenewOptions } from "./app/renewal/renew-beside.ts";
import { roundBeside, type RoundBesideOptions } from "./app/round-beside.ts";
import { type RunningRound, startBot, type StartOptions } from "./app/start-bot.ts";
import type { Config } from "./config/config.ts";
import type { DeliverySummary } from "./outbox/deliver.ts";
import { VERSION } from "./version.ts";
import type { RoundSummary } from "./watch/round.ts";

export type { Overrides } from "./app/parts.ts";

export interface WaToken {
  /**
   * Throws when the store or a port is not available, or Slack refuses the credentials. Then closes everything again.
   */
  start(options?: StartOptions): Promise<void>;
  /** Accepts no new work and waits for running work. Does nothing when the bot does not run. */
  stop(): Promise<void>;
  /** Runs one round and delivers its messages. Before `start`, it opens the store itself, next to a running bot. */
  round(which: "due" | "all", options?: RoundBesideOptions): Promise<AppRound>;
  /** Does work with a renewer. It opens the store itself, next to a running bot, and closes everything afterwards. */
  renew<T>(work: (renewing: Renewing) => Promise<T>, options?: RenewOptions): Promise<T>;
}

export interface AppRound {
  readonly round: RoundSummary;
  /** Undefined for a running bot, because its courier delivers beside the rounds and logs each pass. */
  readonly delivery: DeliverySummary | undefined;
}

export function createApp(config: Config, overrides: Overrides = {}): WaToken {
  const parts = createParts(config, overrides);
  const { log } = parts;
  let running: { readonly opened: AsyncDisposableStack; readonly round: RunningRound } | undefined;

  return {
    start: async (options = {}) => {
      if (running !== undefined) throw new Error("The bot is already running.");
      await using opened = new AsyncDisposableStack();
      const round = await startBot(parts, opened, options);
      if (round === undefined) {
        await opened.disposeAsync();
        log.info("wa-token stopped during its start");
        return;
      }
      running = { opened: opened.move(), round };
      log.info({ version: VERSION, watches: parts.watches.size }, "wa-token runs");
    },
    stop: async () => {
      const stopping = running;
      running = undefined;
      if (stopping === undefined) return;
      await stopping.opened.disposeAsync();
      log.info("wa-token stopped");
    },
    round: async (which, options) =>
      running === undefined
        ? roundBeside(parts, which, options)
        : { round: await running.round(which), delivery: undefined },
    renew: (work, options = {}) => renewBeside(parts, work, options),
  };
}
