import { open, rename, rm } from "node:fs/promises";
import type { DatabaseSync } from "node:sqlite";
import type { Logger } from "pino";
import { explainSqlite } from "./sqlite-errors.ts";
import { makeFile } from "./sqlite-file.ts";
import { StoreError } from "./store-error.ts";

/**
 * Saves the database as it is beside it, readable by its owner only, before an upgrade changes it: an older program does
 * not read the new tables. A copy of an upgrade that came to nothing is replaced.
 * @throws StoreError when no copy can be saved; then nothing was changed
 */
export async function copyBeforeUpgrade(
  database: DatabaseSync,
  path: string,
  step: string,
  log: Pick<Logger, "info"> | undefined,
): Promise<void> {
  const copy = `${path}.before-${step}`;
  const unfinished = `${copy}.tmp`;
  try {
    await rm(unfinished, { force: true });
    makeFile(unfinished, path);
    // Consistent, with what only the write-ahead log has so far (SQLite, "VACUUM INTO", read 2026-11).
    database.prepare("vacuum into ?").run(unfinished);
    await flush(unfinished);
    await rename(unfinished, copy);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    const explained = explainSqlite(cause, path);
    const { code, message } =
      explained instanceof StoreError ? explained : { code: "cannot_open" as const, message: String(explained) };
    throw new StoreError(
      code,
      `The database ${path} must be upgraded, and no copy of it could be saved as ${copy} first. ${message}`,
      { cause },
    );
  }
  log?.info({ copy }, "the database is upgraded; a copy of it as it was is kept beside it");
}

/** SQLite does not wait for the disk there. */
async function flush(path: string): Promise<void> {
  await using file = await open(path, "r+");
  await file.sync();
}
