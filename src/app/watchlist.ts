import { renewedDueAt } from "../watch/due.ts";
import { resolveRemoved } from "../alert/transition.ts";
import type { WatchStore } from "../watch/ports.ts";
import type { MetaApp } from "../watch/requirements.ts";
import type { Watch } from "../watch/watch.ts";
import type { WatchBook } from "../watch/watch-book.ts";
import { definitionOf } from "./definition.ts";

/** The store has watches, but the watchlist is empty. That is probably a mistake, so the bot refuses it by default. */
export class EmptyWatchlistError extends Error {
  override readonly name = "EmptyWatchlistError";

  constructor(stored: number) {
    super(
      `The watchlist is empty, but the store remembers ${stored} ${stored === 1 ? "watch" : "watches"}. ` +
        "Set WATCHLIST or WHATSAPP_ACCESS_TOKEN. To watch nothing from now on, start once with --allow-empty.",
    );
  }
}

export interface SyncOptions {
  readonly store: Pick<WatchStore, "list" | "sync">;
  readonly watches: WatchBook;
  /** The bot's own Meta app, for watches without an app. */
  readonly metaApp: Pick<MetaApp, "id"> | undefined;
  /** The time of the changes, and of the messages about removed watches. */
  readonly now: Date;
  /** Removes watches that are not in the watchlist. Only `run` does this, never a single round. */
  readonly removes: boolean;
  readonly allowEmpty: boolean;
}

/**
 * Changes the store's watches to match the watchlist. Its fleets change theirs after each reading. A watch with a changed
 * definition is due at once. Throws `EmptyWatchlistError` before it removes anything.
 */
export async function syncWatchlist(options: SyncOptions): Promise<void> {
  await refuseEmpty(options);
  const { store, watches, metaApp, now, removes } = options;
  await store.sync(
    definitionsOf(() => watches.values(), metaApp),
    now,
    {
      resolveRemoved: removes ? (alert) => resolveRemoved(alert, now) : undefined,
      keeps: (name) => watches.has(name),
      renew: (known, checkedAt) => renewedDueAt(known, checkedAt, now),
    },
  );
}

/** The entries of watches for the store, made one at a time, again at each iteration. */
export function definitionsOf(
  watches: () => Iterable<Watch>,
  metaApp: SyncOptions["metaApp"],
): Iterable<{ readonly name: string; readonly definition: string }> {
  return {
    *[Symbol.iterator]() {
      for (const watch of watches()) yield { name: watch.name, definition: definitionOf(watch, metaApp) };
    },
  };
}

async function refuseEmpty({ store, watches, allowEmpty }: SyncOptions): Promise<void> {
  if (watches.size > 0 || allowEmpty) return;
  const stored = await store.list();
  if (stored.length > 0) throw new EmptyWatchlistError(stored.length);
}
