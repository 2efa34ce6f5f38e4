import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { isOverdue } from "../../alert/unanswered.ts";
import { respond } from "../../alert/respond.ts";
import { createExchange } from "../../graph/oauth/refresh-token.ts";
import { createRevoke } from "../../graph/oauth/revoke-token.ts";
import { createRenewer, type ProgramRenewer } from "../../renewal/create-renewer.ts";
import type { RenewerDeps } from "../../renewal/deps.ts";
import { placeOf } from "../../secrets/write/file-target.ts";
import { least } from "../../token/moment.ts";
import { examineAgainst, readApp } from "../../watch/examine-watch.ts";
import type { WatchStore } from "../../watch/ports.ts";
import { requirementsOf } from "../../watch/requirements.ts";
import type { RoundSummary } from "../../watch/round.ts";
import { snapshotOf } from "../../watch/snapshot-of.ts";
import type { Watch } from "../../watch/watch.ts";
import type { Fleets } from "../fleets/fleets.ts";
import type { WatchBook } from "../../watch/watch-book.ts";
import { findingSentence } from "../../words/finding-words.ts";
import { terminalText } from "../../words/plain-text.ts";
import type { Inspection } from "../inspection.ts";
import type { Parts } from "../parts.ts";
import type { RenewalPorts } from "./renewal-ports.ts";

/** What differs between the bot and a command. */
export interface RenewingOptions extends Pick<RenewerDeps, "background" | "onSaved"> {
  /** Ends polls and commands when the program stops. */
  readonly signal: AbortSignal | undefined;
  /** Waits between two polls. Default: the wait of the program, until the signal. */
  readonly wait?: ((ms: number) => Promise<void>) | undefined;
}

/** The renewer of this program over an open store. */
export function openRenewer(parts: Parts, store: WatchStore, options: RenewingOptions): ProgramRenewer {
  const { config, watches, fleets, inspection, rounds, renewalPorts, now, wait, log } = parts;
  const { signal } = options;
  const between = options.wait ?? ((ms: number): Promise<void> => wait(ms, signal));
  return createRenewer(
    renewerDeps({
      ...options,
      ...renewalPorts(signal),
      watches,
      unknownAfterMs: config.unknownAfterMs,
      unattended: () => nearTheirEnd(fleets.unattended, store, now),
      // A command may have another watchlist than the bot.
      isRemoved: (name) => options.background && fleets.areKnown() && watches.get(name) === undefined,
      inspection,
      store,
      inspectNow: (names) => rounds.these(store, names),
      now,
      wait: between,
      log,
    }),
  );
}

interface RenewerParts extends RenewalPorts, Omit<RenewingOptions, "wait"> {
  readonly watches: WatchBook;
  readonly unknownAfterMs: number;
  readonly unattended: RenewerDeps["unattended"];
  readonly isRemoved: RenewerDeps["isRemoved"];
  readonly inspection: Inspection;
  readonly store: WatchStore;
  readonly inspectNow: RenewerDeps["inspectNow"];
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: Logger;
}

/** Connects the renewer to the configured watches, Graph, the store and the places of the tokens. */
function renewerDeps(parts: RenewerParts): RenewerDeps {
  const { watches, unattended, inspection, store, now } = parts;
  const { client, readSource, metaApp } = inspection;
  const watchOf = (name: string): Watch => {
    const watch = watches.get(name);
    // Cannot happen: the renewer asks `card` first.
    if (watch === undefined) throw new Error("There is no watch of this name.");
    return watch;
  };
  return {
    ...parts,
    exchange: createExchange(client),
    revoke: createRevoke(client),
    card: (name) => {
      const watch = watches.get(name);
      return watch === undefined ? undefined : snapshotOf(watch);
    },
    settings: (name) => watches.get(name)?.renew ?? NOTHING,
    unattended,
    placeOf,
    scopes: (name) => watchOf(name).policy.requiredScopes,
    app: async (name) => {
      const reading = await readApp(readSource, requirementsOf(watchOf(name), metaApp).app);
      return reading.ok ? { ok: true, app: reading.app ?? null } : { ok: false, message: reading.failure.message };
    },
    examine: (name, secret) =>
      examineAgainst(inspection, { secret, source: undefined }, requirementsOf(watchOf(name), metaApp), undefined),
    readSource: (name) => readSource(watchOf(name).source),
    verdicts: async () => new Map((await store.list()).map(({ name, state }) => [name, state.verdict])),
    isUnanswered: async (name) => {
      const failing = (await store.find(name))?.state.failing ?? null;
      return failing !== null && isOverdue(failing, parts, now());
    },
    criticalMs: (name) => {
      const { warnAt } = watchOf(name).policy;
      return warnAt.length === 0 ? 0 : least(warnAt.map(({ ms }) => ms));
    },
    acknowledge: async (name, by) => {
      const alert = by.kind === "slack" ? (await store.find(name))?.state.alert : undefined;
      if (by.kind !== "slack" || alert === undefined || alert === null) return;
      await store.changeAlerts({ kind: "alert", id: alert.id }, (open) =>
        respond(open, by.user, { kind: "acknowledge" }, now()),
      );
    },
    textOf: (finding, verdict) => terminalText(findingSentence(finding, verdict)).replaceAll("\u00A0", " "),
    newId: randomUUID,
  };
}

/** Reads only the verdicts of watches that refresh by themselves and whose tokens may be due. */
async function* nearTheirEnd(
  unattended: Fleets["unattended"],
  store: WatchStore,
  now: () => Date,
): ReturnType<RenewerDeps["unattended"]> {
  const { has, longestBeforeMs } = unattended();
  if (longestBeforeMs === null) return;
  const from = now();
  for (const watch of await store.ending(from, new Date(from.getTime() + longestBeforeMs))) {
    const verdict = has(watch) ? (await store.find(watch))?.state.verdict : undefined;
    if (verdict !== undefined && verdict !== null) yield { watch, verdict };
  }
}

/** Continues the open renewals and starts the refreshes that are due. Never rejects: the next round tries again. */
export async function renewAfterRound(
  renewer: Pick<ProgramRenewer, "proceed" | "refreshDue">,
  { storeProblem, ownTrouble }: RoundSummary,
  { signal, log }: { readonly signal: AbortSignal | undefined; readonly log: Logger },
): Promise<void> {
  if (storeProblem !== null || ownTrouble !== null || signal?.aborted === true) return;
  try {
    await renewer.proceed();
    await renewer.refreshDue();
  } catch (error) {
    log.error({ err: error }, "the renewals failed; the bot tries again after the next round");
  }
}

/** Of a watch that left the watchlist. */
const NOTHING = { write: undefined, beforeMs: undefined, proofs: [] } as const;
