import type { Logger } from "pino";
import { fileIdOf } from "./file-id.ts";
import type { Lock } from "./lock.ts";
import { lostItsWal, wasMoved } from "./errors.ts";

export interface PlaceGuard {
  /** Throws a StoreError when the database or its -wal file left its path, or when another bot holds the path. */
  readonly check: () => void;
  readonly stop: () => void;
}

/** Watches the path of an open database. Logs when the file is gone, and keeps other bots off the path. */
export function guardPlace(path: string, lock: Lock, log?: Pick<Logger, "error" | "info">): PlaceGuard {
  const fileId = fileIdOf(path);
  const walId = fileIdOf(`${path}-wal`);
  const check = (): void => {
    lock.renew();
    if (fileIdOf(path) !== fileId) throw wasMoved(path);
    if (fileIdOf(`${path}-wal`) !== walId) throw lostItsWal(path);
  };
  let said: string | undefined;
  const look = (): void => {
    let problem: string | undefined;
    try {
      check();
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (problem === said) return;
    if (problem === undefined) log?.info({ database: path }, "the database is at its path again");
    else log?.error({ database: path }, problem);
    said = problem;
  };
  const timer = setInterval(look, LOOK_MS).unref();
  return { check, stop: () => clearInterval(timer) };
}

/** Another bot needs longer than this to start on a path whose lock was deleted. So this bot locks the path first. */
const LOOK_MS = 100;
