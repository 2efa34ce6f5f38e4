import { resolve } from "node:path";
import { readFleetsOnce } from "../../app/fleets/read-once.ts";
import { postgresServer } from "../../app/open-store.ts";
import type { Config, Database } from "../../config/config.ts";
import type { FleetTrouble } from "../../outbox/digest-table.ts";
import { readPostgres } from "../../store/postgres/read-postgres.ts";
import { readSqlite } from "../../store/sqlite/read-sqlite.ts";
import type { StoredRecords } from "../../store/stored-records.ts";
import type { Watch } from "../../watch/watch.ts";
import { configurationFor } from "../configuration.ts";
import { printable, UsageError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { fitted } from "../fitted.ts";
import type { Io } from "../io.ts";
import { withProgress } from "../progress.ts";
import { forecastOf } from "./forecast.ts";
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
  const { watches, troubles, skipped } = await watchesOf(config, io);
  const from = io.now();
  const refreshed = watches.filter(({ renew }) => renew.beforeMs !== undefined).map(({ name }) => name);
  const stored = await read(config.databaseUrl, io.cwd, refreshed);
  if (stored.kind !== "there") {
    io.stderr.write(`${WITHOUT_DATA[stored.kind]}\n`);
    return EXIT.unknown;
  }
  const { records, renewals } = stored;
  const inputs = { watches, fleets: [...troubles, ...skipped], records, renewals };
  const forecast = forecastOf(inputs, config, { from, until: new Date(from.getTime() + lengthMs) });
  io.stdout.write(
    json
      ? `${JSON.stringify(forecastJson(forecast), null, 2)}\n`
      : `${fitted(printable(forecastText(forecast)), io.stdout.columns)}\n`,
  );
  return troubles.length === 0 ? EXIT.healthy : EXIT.unknown;
}

const WITHOUT_DATA = {
  missing:
    "The bot has not checked anything yet, so there is nothing to forecast. Start the bot, or run wa-token round once, which also posts alerts. Then ask again.",
  outdated:
    "The store is empty or of an earlier version, so nothing can be forecast. Start the bot, or run wa-token round once: this upgrades the store. Then ask again.",
} as const;

interface Watched {
  readonly watches: readonly Watch[];
  /** Fleets that could not be read whole. */
  readonly troubles: readonly FleetTrouble[];
  /** Fleets with lines that the bot skips. */
  readonly skipped: readonly FleetTrouble[];
}

/** The watches of the watchlist, and those that the fleets list now. */
async function watchesOf(config: Config, io: Io): Promise<Watched> {
  const { watches } = config;
  if (config.fleets.length === 0) return { watches, troubles: [], skipped: [] };
  const { fleets } = await withProgress(io, "Reading fleets…", () => readFleetsOnce(config, io));
  return { watches: [...fleets.book.values()], troubles: fleets.troubles(), skipped: fleets.skipped() };
}

/** @param refreshed the watches whose last renewal matters */
async function read(databaseUrl: Database, cwd: string, refreshed: readonly string[]): Promise<StoredRecords> {
  if (databaseUrl.kind === "sqlite") return readSqlite(resolve(cwd, databaseUrl.path), refreshed);
  return readPostgres(postgresServer(databaseUrl), refreshed);
}
