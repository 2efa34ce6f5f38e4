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

export interface DeliverDeps extends Omit<MessageDeps, "store" | "save" | "onDone">, Omit<PaceDeps, "store" | "held"> {
  readonly store: Omit<Outbox, "undelivered" | "refusedAlerts" | "heldAlerts">;
  /** The end of the quiet hours at an instant; null outside quiet hours. */
  readonly quietUntil: (at: Date) => Date | null;
  /** Shared by all passes: a resting place rests until its time, also in the next pass. */
  readonly rests: Rests;
  /**
   * Called before each claim. The returned function tells later whether the claim is still ours. Absent: it always is.
   */
  readonly holding?: () => () => boolean;
  readonly log: Logger;
}

export interface Pass {
  /** When aborted, the pass ends after its current messages. */
  readonly signal?: AbortSignal | undefined;
  /** Raised for new work, so that a free place need not wait for a busy one. */
  readonly wakeSignal?: WakeSignal | undefined;
}

/** The result of one pass over the outbox. Failed messages are retried after their delay. */
export interface DeliverySummary {
  readonly posts: number;
  readonly edits: number;
  readonly replies: number;
  readonly failed: number;
}

/**
 * Delivers the outbox until nothing more may be tried now. Places run in parallel. At each place, messages go one after
 * the other. Each place claims one message at a time, so that urgent messages overtake a long queue. Never rejects.
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
  /** The state (`stateOf`) of each message at its last delivery. */
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
      // Ignores finished and excluded claims, because a faulty store could return them in an endless loop. Their leases
      // delay the next claim.
      return claims.filter(
        (claim) => settled.get(claim.message.id) !== stateOf(claim) && !except.includes(placeOf(claim.message)),
      );
    } catch (error) {
      broken = true;
      onFailed();
      log.error({ err: error }, "could not read undelivered messages from the store; the next pass retries");
      return [];
    }
  };

  /** Claims messages for free places until none is left. */
  const takeAll = async (): Promise<void> => {
    while (!stopped()) {
      await turns.regroup();
      const held = deps.holding?.();
      const endedBefore = ended;
      const claims = await claimSome(now());
      // Ends unless a place became free in the meantime.
      if (claims.length === 0 && endedBefore === ended) return;
      for (const claim of claims) void begin(claim, held);
    }
  };

  const deliverAll = async (): Promise<void> => {
    for (await takeAll(); inHand.size > 0; await takeAll()) await wakeSignal.raised();
  };
  await deliverAll();
  // Nothing raises the wake signal for alerts that still wait for a home.
  while (!stopped() && (await turns.regroupLast())) await deliverAll();

  const summary = { ...done, failed };
  if (Object.values(done).some((count) => count > 0)) log.info(summary, "messages delivered");
  return summary;
}

const LEASE_MS = 2 * MINUTE_MS;

/**
 * A call must begin within this time after the claim, or not at all. The lease lasts twice as long, so the message is
 * still ours when the call begins.
 */
const FRESH_MS = LEASE_MS / 2;

/** The most claims in one transaction, each for a different place. */
const MOST_AT_ONCE = 50;

/** The most messages in progress. The limit keeps memory small, but is so high that few places wait for slow ones. */
const MOST_IN_HAND = 200;

/** The IDs of the owed rows: two claims with the same rows have the same key. */
function stateOf({ owed }: MessageClaim): string {
  return owed.map(({ id }) => id).join();
}
