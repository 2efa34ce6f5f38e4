import type { Command } from "commander";
import { requireFleet } from "./arguments/fleet-name.ts";
import { checkedFor, dotenvPathOf, logWarnings } from "./configuration.ts";
import { UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { roundJson } from "./round-json.ts";
import { roundText } from "./round-text.ts";

export function addRound(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  program
    .command("round")
    .description("check the due watches once, deliver messages and exit; for cron jobs")
    .option("--all", "check every watch, not only the watches that are due")
    .option(
      "--allow-empty",
      "work with an empty watchlist although the store has watches; this keeps these watches in the store",
    )
    .option("--accept-fleet <name>", "accept that this fleet of the watchlist is smaller now")
    .option("--forecast <span>", "only print the messages that the bot would send in this time, for example 60d")
    .option("--json", "print one JSON object on stdout; the log stays on stderr")
    .addHelpText("after", EXAMPLES)
    .action(async (options: RoundOptions) => exit(await roundOrForecast(options, io)));
}

interface RoundOptions {
  readonly all?: boolean;
  readonly allowEmpty?: boolean;
  readonly acceptFleet?: string;
  readonly forecast?: string;
  readonly json?: boolean;
}

async function roundOrForecast({ forecast, ...options }: RoundOptions, io: Io): Promise<ExitCode> {
  if (forecast === undefined) return round(options, io);
  if (options.all === true || options.allowEmpty === true || options.acceptFleet !== undefined)
    throw new UsageError(
      "--forecast checks and sends nothing, so use it without --all, --allow-empty and --accept-fleet.",
    );
  // Loaded here, because a static import raises the CPU time of `--help`.
  const { printForecast } = await import("./forecast/print-forecast.ts");
  return printForecast({ span: forecast, json: options.json === true }, io);
}

/** Runs one round now, next to a running bot or without one, and delivers waiting messages. */
async function round(options: Omit<RoundOptions, "forecast">, io: Io): Promise<ExitCode> {
  const checked = await checkedFor("round", io);
  const { config } = checked;
  const { acceptFleet } = options;
  if (acceptFleet !== undefined) requireFleet(acceptFleet, config);
  // Loaded here, because static imports raise the CPU time of `--help` from 272 to 873 ms (20 runs).
  const [{ createApp }, { EmptyWatchlistError }, { createLogger }] = await Promise.all([
    import("../app.ts"),
    import("../app/watchlist.ts"),
    import("../log.ts"),
  ]);
  const log = createLogger({ level: config.logLevel, to: io.stderr });
  logWarnings(checked, log);
  const app = createApp(config, { now: io.now, env: io.env, dotenvPath: dotenvPathOf(io), log });
  const which = options.all === true ? "all" : "due";
  const done = await app
    .round(which, { allowEmpty: options.allowEmpty === true, acceptFleet })
    .catch((error: unknown) => {
      throw error instanceof EmptyWatchlistError ? new UsageError(error.message, { cause: error }) : error;
    });
  if (options.json === true) io.stdout.write(`${JSON.stringify(roundJson(done), null, 2)}\n`);
  else {
    const [{ afterRound, suggest }, { fitted }] = await Promise.all([
      import("./next-command.ts"),
      import("./fitted.ts"),
    ]);
    io.stdout.write(`${fitted(roundText(done), io.stdout.columns)}\n`);
    suggest(afterRound(done, which), io);
  }
  return done.round.failed === 0 && (done.delivery?.failed ?? 0) === 0 ? EXIT.healthy : EXIT.unknown;
}

const EXAMPLES = `
Examples:
  wa-token round          check the watches that are due, deliver waiting messages, exit
  wa-token round --all    check every watch
  wa-token round --json   print the counts of the round as JSON
  wa-token round --allow-empty
                          only deliver messages, with an empty watchlist; keep all watches in the store
  wa-token round --accept-fleet customers
                          accept that the list of the fleet "customers" has at most half of its watches
  wa-token round --forecast 60d
                          print the messages of the next 60 days; check and send nothing

Exit codes: 0 the round was done, whatever it found, or the forecast was printed; 2 wrong usage or configuration; 3 a part of the round failed, or the store has no data for a forecast, or the bot would not accept the list of a fleet.`;
