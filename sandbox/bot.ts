import { createApp, type Overrides, type WaToken } from "../src/app.ts";
import type { Config } from "../src/config/config.ts";
import { createBriefWait } from "./brief-wait.ts";
import type { Clock } from "./clock.ts";
import { createKeptLog } from "./kept-log.ts";

export interface BotOptions extends Omit<Overrides, "log"> {
  readonly config?: Config;
  readonly allowEmpty?: boolean;
  /** Wait for the first round of checks and its deliveries; true by default. */
  readonly untilCaughtUp?: boolean;
}

export interface Bot {
  readonly app: WaToken;
  /** Every log line so far, at level trace. */
  readonly logLines: () => readonly string[];
  /** Resolves when a later log line contains the text. */
  readonly nextLine: (text: string) => Promise<void>;
  /** A second call does nothing. */
  readonly stop: () => Promise<void>;
}

/** Starts the real bot on the sandbox's clock. Waits that only real services need are skipped or shortened. */
export async function startBot(world: BotWorld, options: BotOptions = {}): Promise<Bot> {
  const { config = world.config, allowEmpty = false, untilCaughtUp = true, ...overrides } = options;
  const { log, lines, next } = createKeptLog();
  const app = createApp(config, {
    now: world.clock.now,
    env: world.env,
    wait: createBriefWait(world.clock),
    log,
    ...overrides,
  });
  const caughtUp = next(DELIVERED);
  await app.start({ allowEmpty });
  if (untilCaughtUp) await caughtUp;
  return { app, logLines: lines, nextLine: next, stop: () => app.stop() };
}

interface BotWorld {
  readonly config: Config;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string>>;
}

/** The bot logs this line when no message in the outbox is due. The round at the start triggers the first delivery. */
const DELIVERED = "delivery pass ended";
