import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { readStored, type Stored } from "./stored-rows.ts";

const read = (path: string): Stored => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const isThere = database.prepare("select name from sqlite_master where name = ?");
    return readStored((table) =>
      isThere.get(table) === undefined ? [] : database.prepare(`select * from ${table}`).all(),
    );
  } finally {
    database.close();
  }
};

/** Reads the database while the bot runs. */
export const readBeside = (path: string): Stored => read(path);

/**
 * Reads the database of a killed bot from a copy. Opening the files repairs them, and the next bot must do that itself.
 */
export const readLeft = (path: string): Stored => {
  if (!existsSync(path)) return readStored(() => []);
  const folder = mkdtempSync(join(tmpdir(), "wa-token-left-"));
  try {
    for (const suffix of ["", "-wal"])
      if (existsSync(path + suffix)) cpSync(path + suffix, join(folder, `left.db${suffix}`));
    return read(join(folder, "left.db"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
