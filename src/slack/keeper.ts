import type { Logger } from "pino";
import { SlackCredentialError } from "./credential-error.ts";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Pauses double from 1 s to 30 s, each shortened by up to a fifth so that many bots do not come back in step. */
export const pauseMs = (failures: number, random: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10)) * (1 - random / 5);

export interface KeeperOptions {
  /** What is kept, for the log: "Slack socket". */
  readonly name: string;
  /** Establishes it and resolves with the promise of its end; rejects when it cannot be had now. */
  readonly attempt: () => Promise<{ readonly ended: Promise<unknown> }>;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
  readonly log: Logger;
}

type Held = Awaited<ReturnType<KeeperOptions["attempt"]>>;

/** Keeps something up for as long as the bot runs. */
export interface Keeper {
  /** Makes the first attempt. Rejects only for a refused credential; Slack being away is retried in the background. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Null while it is up, else why it is not. */
  problem(): string | null;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);

export const createKeeper = ({ name, attempt, wait, log }: KeeperOptions): Keeper => {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  let problem: string | null = `${name}: not tried yet`;
  let failures = 0;
  let loop = Promise.resolve();

  const tryOnce = async (): Promise<Held | undefined> => {
    try {
      const held = await attempt();
      if (problem !== null) log.info({ failures }, `${name} is up`);
      problem = null;
      failures = 0;
      return held;
    } catch (error) {
      failures += 1;
      problem = messageOf(error);
      log.warn({ failures, problem }, `${name} is down; trying again`);
      if (error instanceof SlackCredentialError) throw error;
      return undefined;
    }
  };

  const keep = async (first: Held | undefined): Promise<void> => {
    let held = first;
    while (!stopping.signal.aborted) {
      if (held === undefined) await Promise.race([wait(pauseMs(failures, Math.random()), stopping.signal), stopped]);
      else await Promise.race([held.ended, stopped]);
      if (stopping.signal.aborted) return;
      // A credential refused later is for an operator to mend while the bot stays up and says so.
      held = await tryOnce().catch(() => undefined);
    }
  };

  return {
    start: async () => {
      const held = await tryOnce();
      loop = keep(held);
    },
    stop: async () => {
      stopping.abort();
      await loop;
    },
    problem: () => problem,
  };
};
