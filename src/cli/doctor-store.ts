import { resolve } from "node:path";
import type { Config } from "../config/config.ts";
import type { Line } from "./doctor-line.ts";

const topic = "Store";

/** Opens the store as a command beside the bot does, and asks it for an answer. */
export const storeLine = async ({ databaseUrl }: Config, cwd: string): Promise<Line> => {
  const [{ openSqliteStore }, { StoreError }] = await Promise.all([
    import("../store/open-sqlite.ts"),
    import("../store/store-error.ts"),
  ]);
  const path = resolve(cwd, databaseUrl.path);
  try {
    const store = await openSqliteStore({ path, exclusive: false });
    try {
      await store.ping();
      const count = (await store.list()).length;
      return {
        status: "ok",
        topic,
        text: `${path} answers; it remembers ${count === 1 ? "one watch" : `${count} watches`}.`,
      };
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { status: error.code === "busy" ? "away" : "problem", topic, text: error.message };
  }
};
