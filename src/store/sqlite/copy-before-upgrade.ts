import { open, rename, rm } from "node:fs/promises";
import type { DatabaseSync } from "node:sqlite";
import type { Logger } from "pino";
import { explainSqlite } from "./errors.ts";
import { makeFile } from "./file.ts";
import { StoreError } from "../store-error.ts";

/**
 * Before an upgrade, saves a copy next to the database, readable by its owner only. An older program cannot read the
 * new tables. A copy from an unfinished upgrade is replaced.
 * @throws StoreError when the copy cannot be saved; the database is then unchanged
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
    // VACUUM INTO writes a consistent copy that includes the write-ahead log (SQLite, "VACUUM INTO", read 2026-11).
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
      `The database ${path} needs an upgrade, but a copy could not be saved as ${copy} first. ${message}`,
      { cause },
    );
  }
  log?.info({ copy }, "saved a copy of the database; the upgrade starts");
}

/** Forces the copy to the disk, because VACUUM INTO returns before the disk has all data. */
async function flush(path: string): Promise<void> {
  await using file = await open(path, "r+");
  await file.sync();
}
