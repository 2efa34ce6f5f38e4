import type { Secret } from "../token/secret.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, WatchState, Word } from "./alert.ts";
import type { HistoryEntry } from "./history.ts";
import type { MessageKind, MessageRef, NewMessage } from "./message.ts";
import type { Outbox } from "./outbox.ts";

/** A watch taken for one inspection; nobody else takes it until the lease ends. */
export interface Claim {
  readonly watch: string;
  readonly state: WatchState;
  /** Names this taking; a save under a lost lease is refused. */
  readonly lease: string;
}

/** One watch as status, Home and metrics show it. */
export interface WatchRecord {
  readonly name: string;
  readonly state: WatchState;
  readonly checkedAt: Date | null;
  readonly nextDueAt: Date;
  /** True when Slack does not have the open alert as it stands: it waits its turn, for quiet hours to end, or failed. */
  readonly owed: boolean;
  /** Why the open alert's last delivery failed; null when it did not. */
  readonly undelivered: { readonly error: string; readonly channel: string; readonly retryAt: Date } | null;
  /** What of it is stored so that it cannot be read, and what to do; that part of `state` is as if it were new. */
  readonly unreadable?: string;
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
  /** Alerts that were resolved after this instant come with their watch (`WatchState.lately`). Absent: none do. */
  readonly resolvedSince?: Date;
}

/** A shared time, with what it was reckoned by: another wording makes it void. */
export interface SharedDeadline {
  readonly at: Date;
  readonly spec: string;
}

/** A watch of the watchlist, as much of it as the store keeps. */
interface WatchEntry {
  readonly name: string;
  /** Stands for everything that an inspection of it depends on. */
  readonly definition: string;
}

/** A change of one alert, with all that it leaves behind; saved in one transaction. */
export interface AlertChange {
  /** As it shall be, its revision raised once; with the old revision nothing of it changed. */
  readonly alert: Alert;
  readonly at: Date;
  /** What its thread is told, in this order. */
  readonly words: readonly Word[];
  readonly history: readonly HistoryEntry[];
  /** More messages to send; those about alerts mention this one. */
  readonly messages: readonly NewMessage[];
}

/** What a person answers: one alert, or a message, which stands for the open alerts that Slack shows in it. */
export type Target =
  | { readonly kind: "alert"; readonly id: string }
  | { readonly kind: "message"; readonly id: string };

/** What a target stands for. */
export interface Targeted {
  /** The message; of an alert the one that it lives in. Null while it lives in none. */
  readonly message: { readonly id: string; readonly kind: MessageKind; readonly ref: MessageRef | null } | null;
  /** The alert itself, open or not; of a message its open alerts, without those that the thread was not told of yet. */
  readonly alerts: readonly Alert[];
}

export interface SyncRules {
  /** Watches not named are taken away; `retire` ends their open alert. Absent: they stay. */
  readonly retire?: ((alert: Alert) => AlertChange) | undefined;
  /** When a watch whose definition changed is due, unless it is due sooner. Absent: at once. */
  readonly renew?: (known: Pick<WatchState, "verdict" | "failing">, checkedAt: Date | null) => Date;
}

export interface Troubles {
  /** Watches whose inspections fail, by name. */
  readonly failing: readonly { readonly watch: string; readonly message: string }[];
  /** Stored rows that this program met and could not read, each with what to do. */
  readonly unreadable: readonly string[];
}

/** How this program's leases stand. */
export interface LeaseState {
  /** The name under which this program takes rows. A new name: it was silent for too long, and its leases are gone. */
  readonly owner: string;
  /** No other program may take over, however long this one is silent: it holds the lock of the database. */
  readonly exclusive: boolean;
  /** How many leases of programs that died were freed. */
  readonly freed: number;
}

/**
 * Remembers watches and alerts. What Slack has not taken is found here after any crash. A row
 * that cannot be read is set aside, told as a trouble and tried again; all others are as if it were not there.
 */
export interface WatchStore extends Outbox {
  /** Makes a row for each new watch, due at once; all or nothing. */
  sync(watches: readonly WatchEntry[], now: Date, rules?: SyncRules): Promise<void>;
  claimDue(options: ClaimDueOptions): Promise<readonly Claim[]>;
  /**
   * State, next due time and what is owed in one transaction; false when the lease was lost, or a person answered the alert
   * since the claim.
   */
  saveRound(
    claim: Claim,
    outcome: {
      readonly state: WatchState;
      readonly checkedAt: Date;
      readonly nextDueAt: Date;
      /** What the thread of the state's alert is told. */
      readonly words: readonly Word[];
      readonly history: readonly HistoryEntry[];
      readonly messages: readonly NewMessage[];
      /**
       * What it means for the other open alerts of its alert's group, as far as the thread was told of them. Those that
       * it changes are mentioned by `messages` too.
       */
      readonly members?: ((member: Alert) => AlertChange | undefined) | undefined;
    },
  ): Promise<boolean>;
  /** What a target stands for now; undefined: the store knows no such thing. */
  findAlerts(target: Target): Promise<Targeted | undefined>;
  /**
   * Changes each alert of a target as a person asked, all or nothing, in one transaction: a second person sees what the
   * first one did. `change` gives undefined when there is nothing to change. Gives how things stand then, and which changed.
   */
  changeAlerts(
    target: Target,
    change: (alert: Alert) => AlertChange | undefined,
  ): Promise<(Targeted & { readonly changed: readonly Alert[] }) | undefined>;
  /** Newest first; of one watch or of all. */
  history(options: { readonly watch?: string | undefined; readonly limit: number }): Promise<readonly HistoryEntry[]>;
  /** A time that all replicas share under a name; null when it was never set. */
  readDeadline(name: string): Promise<SharedDeadline | null>;
  /**
   * Moves a mark on and saves what that occasions, in one transaction. False, with nothing saved, when somebody else
   * moved it since it was read.
   */
  advanceDeadline(
    name: string,
    from: SharedDeadline | null,
    to: SharedDeadline,
    messages: readonly NewMessage[],
  ): Promise<boolean>;
  /** Somebody opened the bot's Home. */
  rememberViewer(user: string, now: Date): Promise<void>;
  /** Slack user ids of those who opened it since then, latest first. */
  viewers(options: { readonly since: Date; readonly limit: number }): Promise<readonly string[]>;
  /**
   * Forgets history, resolved alerts and messages from before then, save what is still owed, and who opened the Home last
   * before `viewersBefore` (the same instant when absent). Gives how many rows went.
   */
  prune(before: Date, viewersBefore?: Date): Promise<number>;
  /** Every watch, by name. */
  list(): Promise<readonly WatchRecord[]>;
  /** One of them. */
  find(name: string): Promise<WatchRecord | undefined>;
  /** Which of these names have no row. */
  missing(names: readonly string[]): Promise<readonly string[]>;
  /** What does not go as it should, for less than `list` takes. */
  troubles(): Promise<Troubles>;
  /**
   * How far the clock that every replica of this store shares is ahead of this machine's, measured now; 0 for a store
   * of one machine. Leases and due times are counted by that clock, so that one wrong machine does no harm.
   */
  clockOffsetMs(machineNow: () => Date): Promise<number>;
  /**
   * Says that this program lives, so that nobody frees its leases; frees those of programs that were silent for
   * seconds. To be called every two seconds by whatever takes rows.
   */
  keepLeases(machineNow: () => Date): Promise<LeaseState>;
  /** Rejects when the store does not answer, or refused a save and still does. */
  ping(): Promise<void>;
  /** Gives back what this program has taken, and closes. */
  close(): Promise<void>;
}

/** What a token must reach, as a person typed it; undefined where they typed nothing. */
export interface ReachIds {
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
}

/** The answer to a person who asked about a token. */
export interface CheckAnswer {
  readonly verdict: Verdict;
  /** The watch it was held against; null when it was judged by the defaults. */
  readonly watch: string | null;
  /** What it was held against, so that the result can say so. */
  readonly against: ReachIds & { readonly requiredScopes: readonly string[] };
  /** Set when a recent answer is shown again instead of asking anew. */
  readonly reusedFrom: Date | null;
  /** A remark on the token's source ("read at start; …"); null when there is none. */
  readonly note: string | null;
}

/** Examines tokens for people: the modal and the CLI. Never throws for anything Graph or a source does. */
export interface Checker {
  /**
   * A token in hand, held against a watch's needs, or against the defaults when no watch is named. An id that is given
   * takes the place of theirs.
   */
  checkToken(secret: Secret, watch: string | undefined, ids?: ReachIds): Promise<CheckAnswer>;
  /** A watch's deployed token. */
  checkWatch(name: string): Promise<CheckAnswer>;
}
