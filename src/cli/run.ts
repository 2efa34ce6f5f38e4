import type { Command } from "commander";
import { inTime } from "../token/in-time.ts";
import { checkedFor, dotenvPathOf, logWarnings } from "./configuration.ts";
import { UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

export function addRun(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  program
    .command("run", { isDefault: true })
    .description("run the bot until it is stopped (default)")
    .option(
      "--allow-empty",
      "start with an empty watchlist although the store has watches; this deletes these watches from the store",
    )
    .addHelpText("after", EXAMPLES)
    .action(async (options: RunOptions) => exit(await run(options, io)));
}

interface RunOptions {
  readonly allowEmpty?: boolean;
}

/** Running work has this much time to finish. Then the process exits. */
const STOP_WITHIN_MS = 10_000;

/** Starts the bot and stops it at the first signal to stop, also during the start. */
async function run(options: RunOptions, io: Io): Promise<ExitCode> {
  const stop = new AbortController();
  const stopping = new Promise<void>((resolve) => {
    io.onStop(() => {
      stop.abort();
      resolve();
    });
  });
  const checked = await checkedFor("run", io);
  const { config } = checked;
  // Loaded here, because static imports raise the CPU time of `--help` from 272 to 873 ms (20 runs).
  const [{ createApp }, { EmptyWatchlistError }, { createLogger }, { SlackCredentialError }] = await Promise.all([
    import("../app.ts"),
    import("../app/watchlist.ts"),
    import("../log.ts"),
    import("../slack/transport/credential-error.ts"),
  ]);
  const log = createLogger({ level: config.logLevel, to: io.stdout });
  logWarnings(checked, log);
  const app = createApp(config, { now: io.now, env: io.env, dotenvPath: dotenvPathOf(io), log });
  const work = async (): Promise<void> => {
    await app.start({ allowEmpty: options.allowEmpty === true, signal: stop.signal });
    await stopping;
    await app.stop();
  };
  try {
    const working = work();
    await Promise.race([working, stopping]);
    if (await inTime(working, STOP_WITHIN_MS, io.wait)) return EXIT.healthy;
  } catch (error) {
    if (error instanceof SlackCredentialError || error instanceof EmptyWatchlistError)
      throw new UsageError(error.message, { cause: error });
    throw error;
  }
  io.stderr.write(
    "wa-token did not stop within 10 seconds and exits now. It keeps all messages that were not delivered.\n",
  );
  return EXIT.unknown;
}

const EXAMPLES = `
Examples:
  wa-token                       the same as wa-token run
  wa-token run --allow-empty     start with an empty watchlist; delete all watches from the store

Exit codes: 0 stopped by SIGTERM, SIGINT or SIGHUP; 2 wrong usage or configuration, or refused Slack credentials; 3 an unexpected error.`;
