import { resolve } from "node:path";
import type { Config, Database } from "../../config/config.ts";
import { inspectSqlite, type SqliteInspection } from "../../store/sqlite/inspect-sqlite.ts";
import { StoreError } from "../../store/store-error.ts";
import type { Line } from "./line.ts";

/** The store as a line, and what the bot saved about Meta's limits and the sizes of fleets. */
export interface StoreFound {
  readonly line: Line;
  readonly saved: Saved;
}

type Saved = Pick<Extract<SqliteInspection, { readonly kind: "there" }>, "budgets" | "deadlines">;

export const NOTHING_SAVED: Saved = { budgets: new Map(), deadlines: new Map() };

/**
 * Reports the store as the bot will find it at its start.
 * @param empty the configuration has no watch; the bot then refuses a store that has watches
 */
export async function findStore({ databaseUrl }: Config, cwd: string, empty: boolean): Promise<StoreFound> {
  const name = nameOf(databaseUrl, cwd);
  const said = (status: Line["status"], text: string, saved = NOTHING_SAVED): StoreFound => ({
    line: { status, topic, text },
    saved,
  });
  try {
    const found = await look(databaseUrl, cwd);
    if (found.kind === "missing") return said("ok", `${name} does not exist yet. The bot creates it when it starts.`);
    const { watches, pending } = found;
    if (empty && watches > 0)
      return said(
        "problem",
        `${name} contains ${watchesText(watches)}, but the configuration has none, so the bot would not start. Set WATCHLIST or WHATSAPP_ACCESS_TOKEN. To watch nothing from now on, start once with --allow-empty, which deletes the watches from the store.`,
      );
    return said(
      "ok",
      `${name} answers and contains ${watchesText(watches)}${pending === 0 ? "" : ". The bot upgrades it when it starts"}.`,
      found,
    );
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return said(PASSING.includes(error.code) ? "no_answer" : "problem", error.message);
  }
}

const topic = "Store";

/** Store errors that pass with time, or that are fixed in another system. The configuration is not wrong. */
const PASSING: readonly string[] = ["busy", "unreachable"];

function watchesText(count: number): string {
  return count === 1 ? "one watch" : `${count} watches`;
}

function nameOf(databaseUrl: Database, cwd: string): string {
  return databaseUrl.kind === "sqlite"
    ? resolve(cwd, databaseUrl.path)
    : `${databaseUrl.database} on ${databaseUrl.host}:${databaseUrl.port}`;
}

/** Reads the store without creating or upgrading it, because a bot of an earlier version may use it now. */
async function look(databaseUrl: Database, cwd: string): Promise<SqliteInspection> {
  if (databaseUrl.kind === "sqlite") return inspectSqlite(resolve(cwd, databaseUrl.path));
  // Loaded here, because with SQLite static imports take 709 instead of 638 ms of CPU time (20 runs).
  const { inspectPostgres } = await import("../../store/postgres/inspect-postgres.ts");
  const { postgresServer } = await import("../../app/open-store.ts");
  return inspectPostgres(postgresServer(databaseUrl));
}
