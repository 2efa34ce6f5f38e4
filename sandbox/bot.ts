import { createApp, type Overrides, type WaToken } from "../src/app.ts";
import type { Config } from "../src/config/config.ts";
import { createBriefWait } from "./brief-wait.ts";
import type { Clock } from "./clock.ts";
import { createKeptLog } from "./kept-log.ts";

export interface BotOptions extends Omit<Overrides, "log"> {
  readonly config?: Config;
  readonly allowEmpty?: boolean;
  /** Wait for the round of the start and its deliveries; true by default. */
  readonly untilCaughtUp?: boolean;
}

export interface Bot {
  readonly app: WaToken;
  /** Every log line so far, at level trace. */
  readonly logLines: () => readonly string[];
  /** Resolves when a line that comes after this call holds the text. */
  readonly nextLine: (text: string) => Promise<void>;
  /** Does nothing the second time. */
  readonly stop: () => Promise<void>;
}

interface BotWorld {
  readonly config: Config;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string>>;
}

/** What is logged when the outbox holds nothing more that may be sent now; the round at the start wakes the courier. */
const DELIVERED = "deliveries ended";

/** Starts the real bot in the sandbox's world: on its clock, without the pauses that only real services need. */
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
