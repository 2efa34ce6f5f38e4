import { resolve } from "node:path";
import type { Config } from "../config/config.ts";
import type { Line } from "./doctor-line.ts";

const topic = "Store";

const watchesText = (count: number): string => (count === 1 ? "one watch" : `${count} watches`);

/**
 * What the bot would find at its start; nothing is made or upgraded. `empty`: the configuration names no watch, which
 * the bot takes for a slip when the store remembers some.
 */
export const storeLine = async ({ databaseUrl }: Config, cwd: string, empty: boolean): Promise<Line> => {
  const [{ inspectSqlite }, { StoreError }] = await Promise.all([
    import("../store/inspect-sqlite.ts"),
    import("../store/store-error.ts"),
  ]);
  const path = resolve(cwd, databaseUrl.path);
  const ok = (text: string): Line => ({ status: "ok", topic, text: `${path} ${text}` });
  try {
    const found = await inspectSqlite(path);
    if (found.kind === "missing") return ok("will be made at the start.");
    const { watches, pending } = found;
    if (empty && watches > 0)
      return {
        status: "problem",
        topic,
        text: `${path} remembers ${watchesText(watches)}, but nothing is watched, so the bot would not start. Set WATCHLIST or WHATSAPP_ACCESS_TOKEN; if nothing is to be watched any more, start once with --allow-empty.`,
      };
    return ok(
      `answers; it remembers ${watchesText(watches)}${pending === 0 ? "" : ", and will be upgraded at the start"}.`,
    );
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { status: error.code === "busy" ? "away" : "problem", topic, text: error.message };
  }
};
