import { watch } from "node:fs";
import { basename, dirname } from "node:path";

/**
 * Resolves with true while the bot writes to its database for the next time, and with false when that takes too long.
 * @param counts false for a write to skip
 */
export const nextWrite = async (database: string, withinMs: number, counts = (): boolean => true): Promise<boolean> => {
  const names: readonly (string | null)[] = ["", "-wal"].map((suffix) => basename(database) + suffix);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const watcher = watch(dirname(database), (_, name) => {
    if (names.includes(name) && counts()) resolve(true);
  });
  const timer = setTimeout(() => resolve(false), withinMs);
  return promise.finally(() => {
    clearTimeout(timer);
    watcher.close();
  });
};
