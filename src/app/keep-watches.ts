import type { Logger } from "pino";
import { MINUTE_MS } from "../token/duration.ts";
import { ageMs, notAfter } from "../token/set-back.ts";
import type { WatchStore } from "../watch/ports.ts";
import type { MetaApp } from "../watch/requirements.ts";
import { definitionOf } from "./definition.ts";
import type { FleetBook } from "./fleets/fleet-book.ts";

export interface KeepWatchesParts {
  readonly watches: FleetBook;
  /** The bot's own Meta app, for watches without an app. */
  readonly metaApp: Pick<MetaApp, "id"> | undefined;
  readonly log: Pick<Logger, "warn" | "error">;
}

/** Called before each round. Looks into the store every few minutes. Never rejects. */
export type KeepWatches = (store: Pick<WatchStore, "missing" | "sync">, now: Date) => Promise<void>;

/**
 * Adds watches that are missing in the store again. A replica with an older watchlist may have removed them, or an
 * operator may have deleted a row. Without this step, no bot would check these watches again. A watch of a fleet waits
 * until this program has read the fleet again, because another replica may have removed it after a newer reading.
 */
export function createKeepWatches({ watches, metaApp, log }: KeepWatchesParts): KeepWatches {
  let missingSince: ReadonlyMap<string, Date> = new Map();
  let lookedAt: Date | null = null;

  const isLost = (name: string, since: Date, now: Date): boolean =>
    now.getTime() - since.getTime() >= MISSING_FOR_MS && watches.isListedSince(name, since);

  /** To compare all names takes a while when there are 100,000. */
  const isTimeToLook = (now: Date): boolean =>
    ageMs(lookedAt, now) >= LOOK_EVERY_MS || missingSince.entries().some(([name, since]) => isLost(name, since, now));

  const addMissing: KeepWatches = async (store, now) => {
    const missing = await store.missing(watches.keys());
    lookedAt = now;
    const known = missingSince;
    missingSince = new Map(missing.map((name) => [name, notAfter(known.get(name) ?? now, now)]));
    const lost = [...missingSince].flatMap(([name, since]) =>
      isLost(name, since, now) ? (watches.get(name) ?? []) : [],
    );
    if (lost.length === 0) return;
    await store.sync(
      lost.map((watch) => ({ name: watch.name, definition: definitionOf(watch, metaApp) })),
      now,
    );
    missingSince = new Map([...missingSince].filter(([name, since]) => !isLost(name, since, now)));
    log.warn(
      { watches: lost.map(({ name }) => name) },
      "watches were missing from the store and are watched again; give every replica the same watchlist",
    );
  };

  return async (store, now) => {
    if (!isTimeToLook(now)) return;
    try {
      await addMissing(store, now);
    } catch (error) {
      log.error({ err: error }, "the store did not report whether watches are missing");
    }
  };
}

/**
 * While new replicas replace old ones, an old replica must not add watches again that the new watchlist has removed.
 * After this time, the old replicas are gone.
 */
const MISSING_FOR_MS = 10 * MINUTE_MS;

const LOOK_EVERY_MS = 5 * MINUTE_MS;
