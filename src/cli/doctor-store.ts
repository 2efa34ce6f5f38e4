import { resolve } from "node:path";
import type { Config } from "../config/config.ts";
import type { Line } from "./doctor-line.ts";

const topic = "Store";

/** Somebody else must act, or time must pass: nothing of ours is wrong. */
const PASSING: readonly string[] = ["busy", "unreachable"];

const nameOf = (databaseUrl: Config["databaseUrl"], cwd: string): string =>
  databaseUrl.kind === "sqlite"
    ? resolve(cwd, databaseUrl.path)
    : `${databaseUrl.database} on ${databaseUrl.host}:${databaseUrl.port}`;

/** Opens the store as a command beside the bot does, and asks it for an answer. */
export const storeLine = async (config: Config, cwd: string): Promise<Line> => {
  const [{ openStore }, { StoreError }] = await Promise.all([
    import("../app/open-store.ts"),
    import("../store/store-error.ts"),
  ]);
  try {
    const store = await openStore(config, { exclusive: false, cwd });
    try {
      const count = (await store.list()).length;
      const name = nameOf(config.databaseUrl, cwd);
      return {
        status: "ok",
        topic,
        text: `${name} answers; it remembers ${count === 1 ? "one watch" : `${count} watches`}.`,
      };
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { status: PASSING.includes(error.code) ? "away" : "problem", topic, text: error.message };
  }
};
