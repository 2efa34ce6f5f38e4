import type { Call } from "./next-call.ts";
import type { After } from "./after-failure.ts";
import type { Delivery, MessageKind, MessageRef } from "./message.ts";
import type { Candidates, Plan } from "./plan-places.ts";

/** A message claimed for delivery. No other program claims it until the lease ends. */
export interface MessageClaim extends Delivery {
  readonly lease: string;
  readonly claimedAt: Date;
}

export interface ClaimOptions {
  readonly now: Date;
  readonly leaseMs: number;
  /** The most messages, each of a different place. */
  readonly limit: number;
  /** True: claims only urgent messages. They have a critical row, or a person's answer in a posted message. */
  readonly quiet: boolean;
  /** Places to skip: they have a message in progress, or they rest. */
  readonly except: readonly string[];
}

/** One call that Slack accepted, or a decision to send nothing. */
export interface Sent {
  readonly claim: MessageClaim;
  readonly call: Call;
  /** The position of the message; null for `forget`. */
  readonly ref: MessageRef | null;
  readonly at: Date;
}

/** A message that is not delivered yet. */
export interface Undelivered {
  /** Its watch; null when it has none or several. */
  readonly watch: string | null;
  readonly kind: MessageKind;
  readonly channel: string;
  /** Why the last try failed; null before the first try. */
  readonly error: string | null;
  /** False: quiet hours may hold it back. */
  readonly urgent: boolean;
}

/** Some alerts: how many, and the first names of their watches. */
export interface NamedAlerts {
  readonly count: number;
  readonly watches: readonly string[];
}

/** Open alerts whose last delivery to one place failed for one reason. */
export interface RefusedAlerts extends NamedAlerts {
  readonly channel: string;
  readonly error: string;
}

/**
 * The changes that Slack does not show yet. A courier claims a message, asks `nextCall` for the next call, and saves
 * after each call that Slack accepted. A save removes exactly the claimed rows, so later changes stay owed.
 */
export interface Outbox {
  /**
   * Claims at most one message of each place: the one with the first row by (priority, at, id). Only rows count that
   * are due, free and not held back by quiet hours. All due rows of this message come with it.
   */
  claim(options: ClaimOptions): Promise<readonly MessageClaim[]>;
  /** Saves all calls in one transaction. Saves them even after a lost lease, because Slack already shows the result. */
  sent(all: readonly Sent[]): Promise<void>;
  /** Saves a failure and ends the lease. Does nothing when the lease was lost. */
  failed(
    claim: MessageClaim,
    after: Exclude<After, { readonly kind: "again" }>,
    error: string,
    now: Date,
  ): Promise<void>;
  /** Releases messages without a try, in one transaction. */
  release(claims: readonly MessageClaim[]): Promise<void>;
  /**
   * Gives alerts a home before they are posted, merges unsent lists, and collects reminders, in one transaction.
   * Claimed messages do not change. When `plan` throws, each alert without a home gets its own message, and the error
   * is thrown after the save. Returns how many alerts joined a group.
   */
  regroup(plan: (candidates: Candidates) => Plan, now: Date): Promise<number>;
  /**
   * Reserves the next sending time of a channel, `paceMs` after the previous one, for all replicas. Returns that time:
   * now or later.
   */
  reserveTurn(channel: string, now: Date, paceMs: number): Promise<Date>;
  /** No replica sends to the channel before `until`, because Slack asked to wait. */
  delayChannel(channel: string, until: Date): Promise<void>;
  /**
   * All undelivered messages, oldest first, including messages that wait for a retry. Alerts without a home count as
   * kind `alert`.
   */
  undelivered(): Promise<readonly Undelivered[]>;
  /** Open alerts whose last delivery failed, by place and reason, with at most `names` watches each. */
  refusedAlerts(names: number): Promise<readonly RefusedAlerts[]>;
  /** Open warnings that Slack does not show yet and that it did not refuse, with at most `names` watches. */
  heldAlerts(names: number): Promise<NamedAlerts>;
}
