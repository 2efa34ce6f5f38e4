import type { Call } from "./next-call.ts";
import type { After } from "./after-failure.ts";
import type { Delivery, MessageKind, MessageRef } from "./message.ts";
import type { Candidates, Plan } from "./plan-places.ts";

/** A message taken for delivery; nobody else takes it until the lease ends. */
export interface MessageClaim extends Delivery {
  readonly lease: string;
  readonly claimedAt: Date;
}

export interface ClaimOptions {
  readonly now: Date;
  readonly leaseMs: number;
  /** At most so many messages, each of another place. */
  readonly limit: number;
  /** Only what quiet hours let through: messages that owe something critical, or a person's answer to what Slack shows. */
  readonly quiet: boolean;
  /** Nothing for these places: their work is in hand already, or they must rest. */
  readonly except: readonly string[];
}

/** One call that Slack took, or a decision to forget. */
export interface Sent {
  readonly claim: MessageClaim;
  readonly call: Call;
  /** Where the message stands; null for `forget`. */
  readonly ref: MessageRef | null;
  readonly at: Date;
}

/** Something that Slack does not have yet. */
export interface Undelivered {
  /** The watch it is about; null when it is about none or many. */
  readonly watch: string | null;
  readonly kind: MessageKind;
  readonly channel: string;
  /** Why the last try failed; null when there was none yet. */
  readonly error: string | null;
  /** False: quiet hours may hold it back. */
  readonly urgent: boolean;
}

/**
 * What Slack does not have yet. A courier takes a message, asks `nextCall` what to do, and saves after each call that
 * Slack took: exactly the rows that the claim held are removed, so that whatever came meanwhile is still owed.
 */
export interface Outbox {
  /**
   * At most one message of each place: the one with the first row by (priority, at, id) that is due, free, and not held
   * back by quiet hours. All rows of such a message come with it (those whose `at` is to come do not).
   */
  claim(options: ClaimOptions): Promise<readonly MessageClaim[]>;
  /** In one transaction for all of them. Counts also when the lease was lost: Slack has it. */
  sent(all: readonly Sent[]): Promise<void>;
  /** Ends the lease. Does nothing when the lease was lost. */
  failed(
    claim: MessageClaim,
    after: Exclude<After, { readonly kind: "again" }>,
    error: string,
    now: Date,
  ): Promise<void>;
  /** Gives messages back untried, in one transaction. */
  release(claims: readonly MessageClaim[]): Promise<void>;
  /**
   * Gives alerts their home before anything is posted, merges lists that were not sent yet, and gathers reminders, all in
   * one transaction. Messages in hand are left alone. When `plan` throws, each alert without a home gets its own message,
   * and the error is thrown after that was saved. Gives how many alerts joined a group.
   */
  regroup(plan: (candidates: Candidates) => Plan, now: Date): Promise<number>;
  /**
   * Reserves the next moment at which a message may go to a channel, `paceMs` after the one before, for all replicas
   * together. Gives that moment: now, or later.
   */
  reserveTurn(channel: string, now: Date, paceMs: number): Promise<Date>;
  /** Nobody sends to the channel before then: Slack asked to wait. */
  delayChannel(channel: string, until: Date): Promise<void>;
  /** Everything owed, oldest first, whether it may be tried now or not; alerts without a home too (as kind `alert`). */
  undelivered(): Promise<readonly Undelivered[]>;
}
