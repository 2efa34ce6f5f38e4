import type { ProgramRenewer } from "../../renewal/create-renewer.ts";
import type { Renewal } from "../../renewal/renewal.ts";
import { openLeasedStore } from "../leased-store.ts";
import { deferConnections, type Parts } from "../parts.ts";
import { openRenewer } from "./renewing.ts";
import { bookOf } from "../../watch/watch-book.ts";
import { syncWatchlist } from "../watchlist.ts";

/** A renewer over the open store. */
export interface Renewing {
  readonly renewer: ProgramRenewer;
  /** The latest renewal of a watch, open or not. */
  readonly find: (watch: string) => Promise<Renewal | undefined>;
}

export interface RenewOptions {
  /** Aborted when the process is asked to stop. The polling then ends. */
  readonly signal?: AbortSignal | undefined;
  /** True: the work only looks, so the stored watchlist is left as it is. */
  readonly looksOnly?: boolean | undefined;
  /** Waits between two polls. Default: the wait of the program. */
  readonly wait?: ((ms: number) => Promise<void>) | undefined;
}

/**
 * Opens the store beside a running bot, does work with a renewer, and closes everything. Sends nothing to Slack: a
 * running bot shows the renewal.
 */
export async function renewBeside<T>(
  parts: Parts,
  work: (renewing: Renewing) => Promise<T>,
  { signal, wait, looksOnly = false }: RenewOptions,
): Promise<T> {
  const { config, fleets, clock, now } = parts;
  await using opened = new AsyncDisposableStack();
  deferConnections(parts, opened);
  const { store } = await openLeasedStore(parts, opened, false);
  const unset = clock.problem();
  if (unset !== null) throw new Error(unset);
  const { app: metaApp } = config;
  const allowEmpty = config.fleets.length > 0;
  const watches = bookOf(config.watches);
  if (!looksOnly) {
    await syncWatchlist({ store, watches, metaApp, now: now(), removes: false, allowEmpty });
    fleets.attach(store, { removes: false });
  }
  await fleets.refresh();
  const renewer = openRenewer(parts, store, { background: false, signal, wait });
  return await work({ renewer, find: (watch) => store.findRenewal(watch) });
}
