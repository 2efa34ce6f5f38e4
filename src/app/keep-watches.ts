import type { Logger } from "pino";
import { MINUTE_MS } from "../token/duration.ts";
import type { WatchStore } from "../watch/ports.ts";
import type { MetaApp } from "../watch/standard.ts";
import type { Watch } from "../watch/watch.ts";
import { definitionOf } from "./definition.ts";

/**
 * While replicas are replaced by those of a newer watchlist, the old ones must not bring back what it leaves out: they are
 * gone by then.
 */
const MISSING_FOR_MS = 10 * MINUTE_MS;

export interface KeepWatchesParts {
  readonly watches: readonly Watch[];
  /** The bot's own Meta app, for watches that name none. */
  readonly metaApp: Pick<MetaApp, "id"> | undefined;
  readonly log: Pick<Logger, "warn" | "error">;
}

/** Called before each round; never rejects. */
export type KeepWatches = (store: Pick<WatchStore, "missing" | "sync">, now: Date) => Promise<void>;

/**
 * Takes watches back into the store that somebody took out: a replica that started with an older watchlist, or an
 * operator who deleted a row to start it anew. Nobody would ever look at them again.
 */
export const createKeepWatches = ({ watches, metaApp, log }: KeepWatchesParts): KeepWatches => {
  const names = watches.map(({ name }) => name);
  let missingSince: ReadonlyMap<string, Date> = new Map();

  const addMissing: KeepWatches = async (store, now) => {
    const missing = await store.missing(names);
    const known = missingSince;
    missingSince = new Map(missing.map((name) => [name, known.get(name) ?? now]));
    const isDue = ({ name }: Watch): boolean => {
      const since = missingSince.get(name);
      return since !== undefined && Math.abs(now.getTime() - since.getTime()) >= MISSING_FOR_MS;
    };
    const lost = watches.filter(isDue);
    if (lost.length === 0) return;
    await store.sync(
      lost.map((watch) => ({ name: watch.name, definition: definitionOf(watch, metaApp) })),
      now,
    );
    log.warn(
      { watches: lost.map(({ name }) => name) },
      "watches had been taken out of the store and are watched again; give every replica the same watchlist",
    );
  };

  return async (store, now) => {
    try {
      await addMissing(store, now);
    } catch (error) {
      log.error({ err: error }, "the store did not say whether watches are missing");
    }
  };
};
