import { unwatch } from "../watch/transition.ts";
import type { WatchStore } from "../watch/ports.ts";
import type { Watch } from "../watch/watch.ts";

/** The store knows watches, the watchlist none: more likely a slip than a wish, so it is refused unless allowed. */
export class EmptyWatchlistError extends Error {
  override readonly name = "EmptyWatchlistError";

  constructor(stored: number) {
    super(
      `The watchlist is empty, but the store remembers ${stored} ${stored === 1 ? "watch" : "watches"}. ` +
        "Set WATCHLIST or WHATSAPP_ACCESS_TOKEN; if nothing is to be watched any more, start once with --allow-empty.",
    );
  }
}

export interface SyncOptions {
  readonly store: Pick<WatchStore, "list" | "sync">;
  readonly watches: readonly Pick<Watch, "name">[];
  readonly now: Date;
  /** Take away what left the watchlist; only `run` does, a round beside it never. */
  readonly retire: boolean;
  readonly allowEmpty: boolean;
}

/** Brings the store's watches in line with the watchlist. Throws `EmptyWatchlistError` before anything is taken away. */
export const syncWatchlist = async ({ store, watches, now, retire, allowEmpty }: SyncOptions): Promise<void> => {
  if (retire && watches.length === 0 && !allowEmpty) {
    const stored = await store.list();
    if (stored.length > 0) throw new EmptyWatchlistError(stored.length);
  }
  await store.sync(watches, now, retire ? (state) => unwatch(state, now) : undefined);
};
