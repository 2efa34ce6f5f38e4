import type { Logger } from "pino";
import { MINUTE_MS } from "../token/duration.ts";
import { createBell, type Bell } from "./bell.ts";
import { deliverChannel } from "./deliver-channel.ts";
import { createGroupTurns } from "./group-turns.ts";
import { createIntake } from "./intake.ts";
import type { PaceDeps } from "./pace.ts";
import { patientStore } from "./patient-store.ts";
import type { Rests } from "./rests.ts";
import type { Work, WorkDeps } from "./work.ts";

const LEASE_MS = 2 * MINUTE_MS;
/** A message begins within this time of its claim or is given back: nobody else takes it over meanwhile. */
const FRESH_MS = LEASE_MS / 2;

export interface DeliverDeps extends Omit<WorkDeps, "onDone">, Omit<PaceDeps, "held"> {
  readonly store: WorkDeps["store"];
  /** The end of the quiet hours that an instant lies in; null outside them. */
  readonly quietUntil: (at: Date) => Date | null;
  /** Outlives the pass: a channel that rests does so until its time, whatever pass comes next. */
  readonly rests: Rests;
  /** Asked before each claim; what it gives says later whether the claim is still ours. Absent: it always is. */
  readonly holding?: () => () => boolean;
  readonly log: Logger;
}

export interface Pass {
  /** Aborted: the pass ends after the messages in hand. */
  readonly signal?: AbortSignal | undefined;
  /** Rung when work came up, so that a channel that is free need not wait for one that is busy. */
  readonly bell?: Bell | undefined;
}

/** What one pass over the outbox did; what failed is tried again after its pause. */
export interface DeliverySummary {
  readonly posts: number;
  readonly edits: number;
  readonly replies: number;
  readonly notes: number;
  readonly failed: number;
}

/**
 * Delivers what the outbox owes, until it owes nothing that may be tried now: channels side by side, one message after
 * the other inside a channel. Little is taken at a time, so that what matters more overtakes a long queue. Never rejects.
 */
export const deliver = async (deps: DeliverDeps, pass: Pass = {}): Promise<DeliverySummary> => {
  const { store, log, now, rests } = deps;
  const { signal, bell = createBell() } = pass;
  const done = { posts: 0, edits: 0, replies: 0, notes: 0 };
  let failed = 0;
  const onFailed = (): void => {
    failed++;
  };
  const patient = patientStore(store, { wait: deps.wait, signal, log });
  const intake = createIntake({
    ...deps,
    store: patient,
    leaseMs: LEASE_MS,
    onDone: (what) => void done[what]++,
    onFailed,
  });
  const inHand = new Set<string>();
  const lost = new Set<string>();
  let ended = 0;
  const stopped = (): boolean => signal?.aborted === true;
  const turns = createGroupTurns({ ...deps, onFailed });

  const begin = (channel: string, works: readonly Work[], claimedAt: Date, held?: () => boolean): void => {
    inHand.add(channel);
    const turn = { channel, works, claimedAt, freshMs: FRESH_MS, signal };
    const work = async (): Promise<void> => {
      await deliverChannel(
        { ...deps, held, onFailed, onFreed: () => bell.ring(), onLost: (of) => void lost.add(of) },
        turn,
      );
      intake.handedOver(works);
      if (works.some(({ kind }) => kind === "group")) turns.freed();
      inHand.delete(channel);
      ended++;
      bell.ring();
    };
    void work();
  };

  /** Takes work for the channels that are free until there is none. */
  const takeAll = async (): Promise<void> => {
    while (!stopped()) {
      await turns.group();
      const claimedAt = now();
      const held = deps.holding?.();
      const endedBefore = ended;
      const works = await intake.take(claimedAt, [...inHand, ...lost, ...rests.channels(claimedAt)]);
      // A channel that has become free meanwhile was not asked about.
      if (works.length === 0 && endedBefore === ended) return;
      for (const [channel, ofChannel] of Map.groupBy(works, (work) => work.channel))
        begin(channel, ofChannel, claimedAt, held);
    }
  };

  const deliverAll = async (): Promise<void> => {
    for (await takeAll(); inHand.size > 0; await takeAll()) await bell.rung();
  };
  await deliverAll();
  // Nothing wakes us for what waited to join a group.
  while (!stopped() && (await turns.groupLast())) await deliverAll();

  const summary = { ...done, failed };
  if (Object.values(done).some((count) => count > 0)) log.info(summary, "alerts delivered");
  return summary;
};
