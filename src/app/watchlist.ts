import { renewedDueAt } from "../watch/due.ts";
import { unwatch } from "../watch/transition.ts";
import type { WatchStore } from "../watch/ports.ts";
import type { MetaApp } from "../watch/standard.ts";
import type { Watch } from "../watch/watch.ts";
import { definitionOf } from "./definition.ts";

/** The store knows watches, the watchlist none: more likely a slip than a wish, so it is refused unless allowed. */
export class EmptyWatchlistError extends Error {
  override readonly name = "EmptyWatchlistError";

  constructor(stored: number) {
    super(
      `The watchlist is empty, but the store remembers ${stored} ${stored === 1 ? "watch" : "watches"}. ` +
        "Set WATCHLIST or WHATSAPP_ACCESS_TOKEN; if nothing is to be watched any more, say so once with --allow-empty.",
    );
  }
}

export interface SyncOptions {
  readonly store: Pick<WatchStore, "list" | "sync">;
  readonly watches: readonly Watch[];
  /** The bot's own Meta app, for watches that name none. */
  readonly metaApp: Pick<MetaApp, "id"> | undefined;
  /** Those whom an alert went to hear that its watch is gone. */
  readonly now: Date;
  /** Take away what left the watchlist; only `run` does, a round beside it never. */
  readonly retire: boolean;
  readonly allowEmpty: boolean;
}

const refuseEmpty = async ({ store, watches, allowEmpty }: SyncOptions): Promise<void> => {
  if (watches.length > 0 || allowEmpty) return;
  const stored = await store.list();
  if (stored.length > 0) throw new EmptyWatchlistError(stored.length);
};

/**
 * Brings the store's watches in line with the watchlist; a watch whose definition changed is due at once. Throws
 * `EmptyWatchlistError` before anything is taken away.
 */
export const syncWatchlist = async (options: SyncOptions): Promise<void> => {
  await refuseEmpty(options);
  const { store, watches, metaApp, now, retire } = options;
  await store.sync(
    watches.map((watch) => ({ name: watch.name, definition: definitionOf(watch, metaApp) })),
    now,
    {
      retire: retire ? (alert) => unwatch(alert, now) : undefined,
      renew: (known, checkedAt) => renewedDueAt(known, checkedAt, now),
    },
  );
};
