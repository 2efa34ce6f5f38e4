import type { Logger } from "pino";
import { MINUTE_MS } from "../token/duration.ts";
import { createWakeSignal, type WakeSignal } from "./wake-signal.ts";
import { deliverAt } from "./deliver-place.ts";
import type { MessageDeps } from "./deliver-message.ts";
import { gatherSaves } from "./gather-saves.ts";
import { placeOf } from "./message.ts";
import type { MessageClaim, Outbox } from "./outbox.ts";
import type { PaceDeps } from "./pace.ts";
import { patiently } from "./patient-save.ts";
import { createRegroupTurns } from "./regroup-turns.ts";
import type { Rests } from "./rests.ts";

const LEASE_MS = 2 * MINUTE_MS;
/** A call begins within this time of the claim or not at all: nobody else takes the message over meanwhile. */
const FRESH_MS = LEASE_MS / 2;

/** Taken in one transaction, each for another place. */
const MOST_AT_ONCE = 50;
/** Messages in hand together: places that wait for Slack hold up few others, and memory stays small. */
const MOST_IN_HAND = 200;

export interface DeliverDeps extends Omit<MessageDeps, "store" | "save" | "onDone">, Omit<PaceDeps, "store" | "held"> {
  readonly store: Omit<Outbox, "undelivered">;
  /** The end of the quiet hours that an instant lies in; null outside them. */
  readonly quietUntil: (at: Date) => Date | null;
  /** Outlives the pass: a place that rests does so until its time, whatever pass comes next. */
  readonly rests: Rests;
  /** Asked before each claim; what it gives says later whether the claim is still ours. Absent: it always is. */
  readonly holding?: () => () => boolean;
  readonly log: Logger;
}

export interface Pass {
  /** Aborted: the pass ends after the messages in hand. */
  readonly signal?: AbortSignal | undefined;
  /** Rung when work came up, so that a place that is free need not wait for one that is busy. */
  readonly wakeSignal?: WakeSignal | undefined;
}

/** What one pass over the outbox did; what failed is tried again after its pause. */
export interface DeliverySummary {
  readonly posts: number;
  readonly edits: number;
  readonly replies: number;
  readonly failed: number;
}

/**
 * Delivers what the outbox owes, until it owes nothing that may be tried now: places side by side, one message after the
 * other at each. One message is taken at a time, so that what matters more overtakes a long queue. Never rejects.
 */
export async function deliver(deps: DeliverDeps, pass: Pass = {}): Promise<DeliverySummary> {
  const { store, log, now, rests, wait } = deps;
  const { signal, wakeSignal = createWakeSignal() } = pass;
  const done = { posts: 0, edits: 0, replies: 0 };
  let failed = 0;
  const onFailed = (): void => {
    failed++;
  };
  const inHand = new Set<string>();
  const lost = new Set<string>();
  /** How each message stood when it was delivered last. */
  const settled = new Map<string, string>();
  let ended = 0;
  let broken = false;
  const stopped = (): boolean => signal?.aborted === true;
  const turns = createRegroupTurns({ ...deps, onFailed });
  const messageDeps = {
    ...deps,
    save: patiently(gatherSaves(store.sent), (sent) => store.sent([sent]), { wait, signal, log }),
    release: gatherSaves(store.release),
    freshMs: FRESH_MS,
    signal,
    onDone: (what: keyof typeof done): void => void done[what]++,
    onFailed,
    onFreed: () => wakeSignal.raise(),
    onLost: (place: string): void => void lost.add(place),
  };

  const begin = async (claim: MessageClaim, held: (() => boolean) | undefined): Promise<void> => {
    const place = placeOf(claim.message);
    inHand.add(place);
    if (await deliverAt({ ...messageDeps, held }, claim)) settled.set(claim.message.id, stateOf(claim));
    inHand.delete(place);
    ended++;
    wakeSignal.raise();
  };

  const claimSome = async (at: Date): Promise<readonly MessageClaim[]> => {
    const limit = Math.min(MOST_AT_ONCE, MOST_IN_HAND - inHand.size);
    if (broken || limit <= 0) return [];
    const except = [...inHand, ...lost, ...rests.channels(at)];
    try {
      const quiet = deps.quietUntil(at) !== null;
      const claims = await store.claim({ now: at, leaseMs: LEASE_MS, limit, quiet, except });
      // A store that hands out what is done or not asked for would keep us here for ever; its lease keeps it quiet for a while.
      return claims.filter(
        (claim) => settled.get(claim.message.id) !== stateOf(claim) && !except.includes(placeOf(claim.message)),
      );
    } catch (error) {
      broken = true;
      onFailed();
      log.error({ err: error }, "reading the undelivered messages from the store failed; the next pass retries");
      return [];
    }
  };

  /** Takes messages for the places that are free until there is none. */
  const takeAll = async (): Promise<void> => {
    while (!stopped()) {
      await turns.regroup();
      const held = deps.holding?.();
      const endedBefore = ended;
      const claims = await claimSome(now());
      // A place that has become free meanwhile was not asked about.
      if (claims.length === 0 && endedBefore === ended) return;
      for (const claim of claims) void begin(claim, held);
    }
  };

  const deliverAll = async (): Promise<void> => {
    for (await takeAll(); inHand.size > 0; await takeAll()) await wakeSignal.raised();
  };
  await deliverAll();
  // Nothing wakes us for what waited for a home.
  while (!stopped() && (await turns.regroupLast())) await deliverAll();

  const summary = { ...done, failed };
  if (Object.values(done).some((count) => count > 0)) log.info(summary, "messages delivered");
  return summary;
}

/** What a claim is about, to know it again. */
function stateOf({ owed }: MessageClaim): string {
  return owed.map(({ id }) => id).join();
}
