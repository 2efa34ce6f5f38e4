import { resolve } from "node:path";
import type { Config, Database } from "../config/config.ts";
import type { Line } from "./doctor-line.ts";

const topic = "Store";

/** Somebody else must act, or time must pass: nothing of ours is wrong. */
const PASSING: readonly string[] = ["busy", "unreachable"];

const watchesText = (count: number): string => (count === 1 ? "one watch" : `${count} watches`);

const nameOf = (databaseUrl: Database, cwd: string): string =>
  databaseUrl.kind === "sqlite"
    ? resolve(cwd, databaseUrl.path)
    : `${databaseUrl.database} on ${databaseUrl.host}:${databaseUrl.port}`;

type Found =
  | { readonly kind: "missing" }
  | { readonly kind: "there"; readonly pending: number; readonly watches: number };

/** Looked at without making or upgrading anything: bots of an earlier version may run beside it. */
const look = async (databaseUrl: Database, cwd: string): Promise<Found> => {
  if (databaseUrl.kind === "sqlite") {
    const { inspectSqlite } = await import("../store/inspect-sqlite.ts");
    return inspectSqlite(resolve(cwd, databaseUrl.path));
  }
  // pg is loaded for those who use it only.
  const { inspectPostgres } = await import("../store/inspect-postgres.ts");
  const { postgresServer } = await import("../app/open-store.ts");
  return inspectPostgres(postgresServer(databaseUrl));
};

/**
 * What the bot would find at its start. `empty`: the configuration names no watch, which the bot takes for a slip when
 * the store remembers some.
 */
export const storeLine = async ({ databaseUrl }: Config, cwd: string, empty: boolean): Promise<Line> => {
  const { StoreError } = await import("../store/store-error.ts");
  const name = nameOf(databaseUrl, cwd);
  const ok = (text: string): Line => ({ status: "ok", topic, text: `${name} ${text}` });
  try {
    const found = await look(databaseUrl, cwd);
    if (found.kind === "missing") return ok("will be made at the start.");
    const { watches, pending } = found;
    if (empty && watches > 0)
      return {
        status: "problem",
        topic,
        text: `${name} remembers ${watchesText(watches)}, but nothing is watched, so the bot would not start. Set WATCHLIST or WHATSAPP_ACCESS_TOKEN; if nothing is to be watched any more, start once with --allow-empty.`,
      };
    return ok(
      `answers; it remembers ${watchesText(watches)}${pending === 0 ? "" : ", and will be upgraded at the start"}.`,
    );
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { status: PASSING.includes(error.code) ? "away" : "problem", topic, text: error.message };
  }
};
