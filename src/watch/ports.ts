import type { Secret } from "../token/secret.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, Reply, WatchState } from "./alert.ts";

/** A watch taken for one inspection; nobody else takes it until the lease ends. */
export interface Claim {
  readonly watch: string;
  readonly state: WatchState;
  /** Names this taking; a save under a lost lease is refused. */
  readonly lease: string;
}

/** A Slack message: channel and `ts` as Slack returned them. */
export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
}

/** An alert taken for delivery, with what has been delivered so far. */
export interface DeliveryClaim {
  readonly alert: Alert;
  readonly ref: MessageRef | null;
  readonly deliveredRevision: number;
  readonly repliedRevision: number;
  /** Failed tries since the last success. */
  readonly failures: number;
  readonly lease: string;
}

/** One watch as status, Home and metrics show it. */
export interface WatchRecord {
  readonly name: string;
  readonly state: WatchState;
  readonly checkedAt: Date | null;
  readonly nextDueAt: Date;
  /** Why the open alert's last delivery failed; null when it stands in Slack. */
  readonly undelivered: { readonly error: string; readonly channel: string; readonly retryAt: Date } | null;
}

/** One alert whose message or replies Slack does not have yet, open or resolved. */
interface UndeliveredAlert {
  readonly watch: string;
  readonly channel: string;
  /** Why the last try failed; null when there was none yet. */
  readonly error: string | null;
}

export interface ClaimDueOptions {
  /** Only these: a watch that the caller does not know stays free for the program that does. */
  readonly names: readonly string[];
  /** The instant of the claim; leases count from it. */
  readonly now: Date;
  readonly leaseMs: number;
  readonly limit: number;
  /** `due`: whose time has come; `all`: also those whose time has not. */
  readonly which: "due" | "all";
  /** Watches checked at or after this instant are left out, so that one round takes each watch once. */
  readonly roundStartedAt: Date;
}

/** A watch of the watchlist, as much of it as the store keeps. */
interface WatchEntry {
  readonly name: string;
  /** Stands for everything that an inspection of it depends on. */
  readonly definition: string;
}

export interface SyncRules {
  /** Watches not named are taken away, and their open alert is saved as this returns it. Absent: they stay. */
  readonly retire?: ((state: WatchState) => WatchState) | undefined;
  /** When a watch whose definition changed is due, unless it is due sooner. Absent: at once. */
  readonly renew?: (known: Pick<WatchState, "verdict" | "failing">, checkedAt: Date | null) => Date;
}

/** Remembers watches and alerts. The alerts are the outbox: what is not delivered is found here after any crash. */
export interface WatchStore {
  /** Makes a row for each new watch, due at once; all or nothing. */
  sync(watches: readonly WatchEntry[], now: Date, rules?: SyncRules): Promise<void>;
  claimDue(options: ClaimDueOptions): Promise<readonly Claim[]>;
  /** State, next due time and the raised revision in one transaction; false when the lease was lost. */
  saveRound(
    claim: Claim,
    outcome: { readonly state: WatchState; readonly checkedAt: Date; readonly nextDueAt: Date },
  ): Promise<boolean>;
  /**
   * Changes an alert as a person asked, in one transaction: whoever comes second sees what the first one did. `change`
   * gives undefined when there is nothing to change. Gives the alert as it stands then; undefined: there is none.
   */
  changeAlert(id: string, change: (alert: Alert) => Alert | undefined): Promise<Alert | undefined>;
  claimUndelivered(options: {
    readonly now: Date;
    readonly leaseMs: number;
    readonly limit: number;
  }): Promise<readonly DeliveryClaim[]>;
  /** Saved after each Slack call that succeeded. A new post says everything, so earlier replies are not owed any more. */
  saveDelivery(
    claim: DeliveryClaim,
    done:
      | { readonly kind: "post" | "edit"; readonly ref: MessageRef; readonly revision: number }
      | { readonly kind: "reply"; readonly revision: number },
  ): Promise<void>;
  /** Ends the lease of a delivery that needs no more calls now. */
  releaseDelivery(claim: DeliveryClaim): Promise<void>;
  saveDeliveryFailure(claim: DeliveryClaim, failure: { readonly error: string; readonly retryAt: Date }): Promise<void>;
  /** Everything the outbox owes, oldest first, whether it may be tried now or not. */
  listUndelivered(): Promise<readonly UndeliveredAlert[]>;
  /** Every watch, by name. */
  list(): Promise<readonly WatchRecord[]>;
  /**
   * How far the clock that every replica of this store shares is ahead of this machine's, measured now; 0 for a store
   * of one machine. Leases and due times are counted by that clock, so that one wrong machine does no harm.
   */
  clockOffsetMs(machineNow: () => Date): Promise<number>;
  /** Rejects when the store does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Why Slack did not take something; `error` is Slack's word or ours, free of secrets. */
export type DeliveryFailure =
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number }
  /** The channel does not take it (`not_in_channel`, `is_archived`…): a person must act. */
  | { readonly kind: "refused"; readonly error: string }
  /** The message to edit is gone. */
  | { readonly kind: "message_gone"; readonly error: string }
  /** Slack is away or stumbled; try later. */
  | { readonly kind: "away"; readonly error: string };

export type DeliveryResult =
  | { readonly ok: true; readonly ref: MessageRef }
  | { readonly ok: false; readonly failure: DeliveryFailure };

/** Puts an alert into Slack. Never throws for anything Slack or the network does. */
export interface Notifier {
  post(alert: Alert): Promise<DeliveryResult>;
  update(alert: Alert, ref: MessageRef): Promise<DeliveryResult>;
  reply(alert: Alert, reply: Reply, ref: MessageRef): Promise<DeliveryResult>;
}

/** The answer to a person who asked about a token. */
export interface CheckAnswer {
  readonly verdict: Verdict;
  /** The watch it was held against; null when it was judged by the defaults. */
  readonly watch: string | null;
  /** What it was held against, so that the result can say so. */
  readonly against: {
    readonly requiredScopes: readonly string[];
    readonly phoneNumberId: string | undefined;
    readonly whatsappBusinessAccountId: string | undefined;
  };
  /** Set when a recent answer is shown again instead of asking anew. */
  readonly reusedFrom: Date | null;
  /** A remark on the token's source ("read at start; …"); null when there is none. */
  readonly note: string | null;
}

/** Examines tokens for people: the modal and the CLI. Never throws for anything Graph or a source does. */
export interface Checker {
  /** A token in hand, held against a watch's needs, or against the defaults when no watch is named. */
  checkToken(secret: Secret, watch: string | undefined): Promise<CheckAnswer>;
  /** A watch's deployed token. */
  checkWatch(name: string): Promise<CheckAnswer>;
}
