import type { DeliverySummary } from "../outbox/deliver.ts";
import { createAlertClient } from "../slack/transport/clients.ts";
import type { RoundSummary } from "../watch/round.ts";
import { bookOf } from "../watch/watch-book.ts";
import { openLeasedStore } from "./leased-store.ts";
import { deferConnections, type Parts, slackAccess } from "./parts.ts";
import { openRenewer, renewAfterRound } from "./renewal/renewing.ts";
import { syncWatchlist } from "./watchlist.ts";

export interface RoundBesideOptions {
  readonly allowEmpty?: boolean;
  /** The name of a fleet whose smaller list is right. */
  readonly acceptFleet?: string | undefined;
}

/**
 * Opens the store, runs one round, continues the renewals, delivers what is due, and closes everything. A bot may run on
 * the same store.
 */
export async function roundBeside(
  parts: Parts,
  which: "due" | "all",
  { allowEmpty = false, acceptFleet }: RoundBesideOptions = {},
): Promise<{ readonly round: RoundSummary; readonly delivery: DeliverySummary }> {
  const { config, fleets, clock, now, rounds, deliver, log } = parts;
  await using opened = new AsyncDisposableStack();
  deferConnections(parts, opened);
  const client = createAlertClient(slackAccess(parts));
  const kept = await openLeasedStore(parts, opened, false);
  const { store } = kept;
  const unset = clock.problem();
  if (unset !== null) throw new Error(unset);
  const { app: metaApp } = config;
  await syncWatchlist({
    store,
    watches: bookOf(config.watches),
    metaApp,
    now: now(),
    removes: false,
    allowEmpty: allowEmpty || config.fleets.length > 0,
  });
  fleets.attach(store, { removes: false });
  await fleets.refresh(acceptFleet);
  const refused = fleets.refusals().find(({ fleet }) => fleet === acceptFleet);
  if (refused !== undefined) throw new Error(`The fleet ${refused.fleet} was not accepted. ${refused.message}`);
  const round = await rounds.full(store, { which, isRunningBot: false });
  const renewer = openRenewer(parts, store, { background: false, signal: undefined });
  await renewAfterRound(renewer, round, { signal: undefined, log });
  return { round, delivery: await deliver(kept, { client, links: () => undefined }) };
}
