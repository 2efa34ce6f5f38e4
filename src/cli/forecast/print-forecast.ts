import { resolve } from "node:path";
import { readFleetsOnce } from "../../app/fleets/read-once.ts";
import { postgresServer } from "../../app/open-store.ts";
import type { Config, Database } from "../../config/config.ts";
import { readPostgres } from "../../store/postgres/read-postgres.ts";
import { readSqlite } from "../../store/sqlite/read-sqlite.ts";
import type { StoredRecords } from "../../store/stored-records.ts";
import type { SharedDeadline } from "../../watch/ports.ts";
import { configurationFor } from "../configuration.ts";
import { printable, UsageError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { fitted } from "../fitted.ts";
import type { Io } from "../io.ts";
import { withProgress } from "../progress.ts";
import { untilStopped } from "../until-stopped.ts";
import { type Forecast, type ForecastInputs, forecastOf, isWhole } from "./forecast.ts";
import { forecastJson } from "./forecast-json.ts";
import { forecastText } from "./forecast-text.ts";
import { spanMs } from "./span.ts";

export interface ForecastOptions {
  /** A duration as typed, such as `60d`. */
  readonly span: string;
  readonly json: boolean;
}

/** Prints the messages that the bot would send. It reads the store, and asks neither Meta nor Slack. */
export async function printForecast({ span, json }: ForecastOptions, io: Io): Promise<ExitCode> {
  const lengthMs = spanMs(span);
  const config = await configurationFor("forecast", io);
  if (config.watches.length === 0 && config.fleets.length === 0)
    throw new UsageError(
      "The watchlist is empty, so there is nothing to forecast. Set WATCHLIST or WHATSAPP_ACCESS_TOKEN, or run wa-token init.",
    );
  const forecast = await untilStopped(io, (signal) =>
    withProgress(io, "Making the forecast…", () => made(config, lengthMs, io, signal), signal),
  );
  if (typeof forecast === "string") {
    io.stderr.write(`${WITHOUT_DATA[forecast]}\n`);
    return EXIT.unknown;
  }
  io.stdout.write(
    json
      ? `${JSON.stringify(forecastJson(forecast), null, 2)}\n`
      : `${fitted(printable(forecastText(forecast)), io.stdout.columns)}\n`,
  );
  return isWhole(forecast) ? EXIT.healthy : EXIT.unknown;
}

const WITHOUT_DATA = {
  missing:
    "The bot has not checked anything yet, so there is nothing to forecast. Start the bot, or run wa-token round once, which also posts alerts. Then ask again.",
  outdated:
    "The store is empty or of an earlier version, so nothing can be forecast. Start the bot, or run wa-token round once: this upgrades the store. Then ask again.",
} as const;

/** The forecast, or why the store has no data for one. */
async function made(
  config: Config,
  lengthMs: number,
  io: Io,
  signal: AbortSignal,
): Promise<Forecast | keyof typeof WITHOUT_DATA> {
  const stored = await read(config.databaseUrl, io.cwd);
  if (stored.kind !== "there") return stored.kind;
  const { watches, fleets } = await watchesOf(config, stored.deadlines, io, signal);
  const from = io.now();
  return forecastOf({ ...stored, watches, fleets }, config, { from, until: new Date(from.getTime() + lengthMs) });
}

/** The watches of the watchlist, and those of the fleets as far as the bot would accept their lists at a start. */
async function watchesOf(
  config: Config,
  deadlines: ReadonlyMap<string, SharedDeadline>,
  io: Io,
  signal: AbortSignal,
): Promise<Pick<ForecastInputs, "watches" | "fleets">> {
  const { watches } = config;
  if (config.fleets.length === 0) return { watches, fleets: [] };
  const { fleets } = await readFleetsOnce(config, io, signal, deadlines);
  return {
    watches: [...fleets.book.values()],
    fleets: [
      ...fleets.troubles().map((trouble) => ({ ...trouble, code: "incomplete" as const })),
      ...fleets.skipped().map((skipped) => ({ ...skipped, code: "skipped" as const })),
    ],
  };
}

async function read(databaseUrl: Database, cwd: string): Promise<StoredRecords> {
  if (databaseUrl.kind === "sqlite") return readSqlite(resolve(cwd, databaseUrl.path));
  return readPostgres(postgresServer(databaseUrl));
}
