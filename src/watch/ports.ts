import type { State } from "../token/findings/finding.ts";
import type { Secret } from "../token/secret/secret.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, WatchState, Reply } from "../alert/alert.ts";
import type { AlertChange } from "../alert/alert-change.ts";
import type { HistoryEntry } from "../alert/history.ts";
import type { MessageKind, MessageRef, NewMessage } from "../outbox/message.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { RenewalStore } from "../renewal/ports.ts";
import type { Budget } from "./budget/budget.ts";
import type { Names } from "./watch-book.ts";

/** A watch claimed for one inspection. No other program claims it until the lease ends. */
export interface Claim {
  readonly watch: string;
  readonly state: WatchState;
  /** Identifies this claim. The store refuses saves under a lost lease. */
  readonly lease: string;
}

/** The result of the inspection of a claimed watch, with all its consequences. */
export interface RoundResult {
  readonly claim: Claim;
  readonly outcome: {
    readonly state: WatchState;
    readonly checkedAt: Date;
    readonly nextDueAt: Date;
    /** The replies for the thread of the state's alert. */
    readonly replies: readonly Reply[];
    readonly history: readonly HistoryEntry[];
    readonly messages: readonly NewMessage[];
    /**
     * Changes the other open alerts of the group that the thread already shows. `messages` mention the changed ones
     * too.
     */
    readonly members?: ((member: Alert) => StoredChange | undefined) | undefined;
  };
}

/** One watch for status, Home and metrics. */
export interface WatchRecord {
  readonly name: string;
  readonly state: WatchState;
  readonly checkedAt: Date | null;
  readonly nextDueAt: Date;
  /**
   * True: Slack does not show the open alert's current state. The update waits for its turn or for the end of quiet
   * hours, or its delivery failed.
   */
  readonly owed: boolean;
  /** Why the open alert's last delivery failed; null when it did not. */
  readonly undelivered: { readonly error: string; readonly channel: string; readonly retryAt: Date } | null;
  /** Describes unreadable stored data, with the next step. The unreadable part of `state` is empty. */
  readonly unreadable?: string;
}

/** Part of all watches, in the order of their names. */
export interface RecordPage {
  /** The name of the last watch of the page before; absent for the first page. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Part of the watches, worst first. */
export interface WorstPage {
  /** `attention`: watches that need somebody. `open`: watches with an open alert. `unalerted`: they need somebody, without one. */
  readonly which: "all" | "attention" | "open" | "unalerted";
  /** Only watches whose name contains this text, in upper or lower case. */
  readonly part?: string | undefined;
  /** `next` of the page before; absent for the first page. A text of another form also gives the first page. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Counts of watches. No verdict is read for them. */
export interface Tally {
  readonly total: number;
  /** Watches with an open alert, or without a recent, complete and good answer. */
  readonly attention: number;
  /** Watches that were never checked and are not failing. They are not counted in `attention`. */
  readonly waiting: number;
  /** Open alerts. */
  readonly open: number;
  /** The states of the last answers. */
  readonly states: ReadonlyMap<State, number>;
}

export interface ClaimDueOptions {
  /** Only these watches. Other watches stay free for the programs that know them. */
  readonly names: Names | readonly string[];
  /** The time of the claim. Leases start from it. */
  readonly now: Date;
  readonly leaseMs: number;
  readonly limit: number;
  /** True: only urgent watches. */
  readonly onlyUrgent?: boolean;
  /** `due`: only due watches. `all`: also watches that are not due. */
  readonly which: "due" | "all";
  /** Skips watches checked at or after this instant, so that one round takes each watch once. */
  readonly roundStartedAt: Date;
  /** Also returns alerts that were resolved after this instant (`WatchState.lately`). Absent: none. */
  readonly resolvedSince?: Date;
}

/** A due time that all replicas share. A different `spec` (such as a new schedule) makes it invalid. */
export interface SharedDeadline {
  readonly at: Date;
  readonly spec: string;
}

/** A change of an alert as the store saves it, with new messages of any kind. */
export type StoredChange = AlertChange<NewMessage>;

/** The target of a person's action: one alert, or a message with the open alerts that it shows in Slack. */
export type Target =
  | { readonly kind: "alert"; readonly id: string }
  | { readonly kind: "message"; readonly id: string };

/** The message and alerts of a target. */
export interface Targeted {
  /** The message; for an alert, its home. Null without a home. */
  readonly message: { readonly id: string; readonly kind: MessageKind; readonly ref: MessageRef | null } | null;
  /** The alert itself, open or not; for a message, its open alerts that the thread already shows. */
  readonly alerts: readonly Alert[];
}

export interface SyncRules {
  /** Removes watches that are not in the list; `resolveRemoved` ends their open alert. Absent: they stay. */
  readonly resolveRemoved?: ((alert: Alert) => StoredChange) | undefined;
  /** True for names that stay. Default: the names of the list. */
  readonly keeps?: (name: string) => boolean;
  /** The next due time of a watch whose definition changed, unless it is due sooner. Absent: at once. */
  readonly renew?: (known: Pick<WatchState, "verdict" | "failing">, checkedAt: Date | null) => Date;
}

export interface Troubles {
  /** The first watches whose inspections fail, by name. */
  readonly failing: readonly { readonly watch: string; readonly message: string }[];
  /** The number of the other watches whose inspections fail. */
  readonly alsoFailing: number;
  /** Unreadable rows that this program found, each with the next step. */
  readonly unreadable: readonly string[];
}

/** The state of this program's leases. */
export interface LeaseState {
  /** The ID under which this program claims rows. A new ID means that it missed heartbeats and lost its leases. */
  readonly owner: string;
  /** True: no other program can take over, even without heartbeats, because this one holds the database's lock. */
  readonly exclusive: boolean;
  /** The number of freed leases of dead programs. */
  readonly freed: number;
}

/**
 * Stores watches, alerts, renewals and undelivered messages, safely across crashes. An unreadable row is set aside, reported as a
 * trouble and tried again; it does not affect other rows.
 */
export interface WatchStore extends Outbox, RenewalStore {
  /**
   * Adds a row for each new watch, due at once, and applies `rules` to the others, in batches. When it rejects, some
   * batches are saved, and the same call later saves the rest. A retry iterates `watches` again.
   */
  sync(watches: Iterable<WatchEntry>, now: Date, rules?: SyncRules): Promise<void>;
  /** Claims watches for inspection, longest overdue first. */
  claimDue(options: ClaimDueOptions): Promise<readonly Claim[]>;
  /**
   * Saves the results of inspections in one transaction, all or nothing. Returns for each result whether it was saved.
   * False: the lease was lost, or a person answered the alert since the claim.
   */
  saveRounds(batch: readonly RoundResult[]): Promise<readonly boolean[]>;
  /** Releases claims without a result. Their watches stay due. A lost claim does not change. */
  releaseWatches(claims: readonly Claim[]): Promise<void>;
  /** The current message and alerts of a target. Undefined: the target does not exist. */
  findAlerts(target: Target): Promise<Targeted | undefined>;
  /**
   * Changes each alert of a target for a person in one transaction, all or nothing. A second person sees the changes of
   * the first. `change` returns undefined to change nothing. Returns the new state and the changed alerts.
   */
  changeAlerts(
    target: Target,
    change: (alert: Alert) => StoredChange | undefined,
  ): Promise<(Targeted & { readonly changed: readonly Alert[] }) | undefined>;
  /** Newest first, of one watch or of all. Without renewals, private checks and refused actions; see `audit`. */
  history(options: { readonly watch?: string | undefined; readonly limit: number }): Promise<readonly HistoryEntry[]>;
  /** The shared deadline of this name; null when it was never set. */
  readDeadline(name: string): Promise<SharedDeadline | null>;
  /**
   * Advances a deadline and saves the resulting messages, in one transaction. Returns false and saves nothing when
   * another replica advanced it since it was read.
   */
  advanceDeadline(
    name: string,
    from: SharedDeadline | null,
    to: SharedDeadline,
    messages: readonly NewMessage[],
  ): Promise<boolean>;
  /** The shared budgets of Meta apps, by app. */
  budgets(): Promise<ReadonlyMap<string, Budget>>;
  /**
   * Changes the shared budget of an app, so that several programs count together. `merge` gets null for an app without a
   * budget, and may be called again. Returns the new budget.
   */
  shareBudget(app: string, merge: (stored: Budget | null) => Budget, now: Date): Promise<Budget>;
  /** Saves that a person opened the bot's Home. */
  rememberViewer(user: string, now: Date): Promise<void>;
  /** Slack user IDs of people that opened the Home since `since`, latest first. */
  viewers(options: { readonly since: Date; readonly limit: number }): Promise<readonly string[]>;
  /**
   * Deletes history, resolved alerts, ended renewals and messages before `before`, except undelivered ones, and Home
   * viewers before `viewersBefore` (default: `before`). Returns the number of deleted rows.
   */
  prune(before: Date, viewersBefore?: Date): Promise<number>;
  /** All watches, by name. */
  list(): Promise<readonly WatchRecord[]>;
  find(name: string): Promise<WatchRecord | undefined>;
  /** One page of `list`, by name as the database sorts text. An empty page is the end. */
  page(options: RecordPage): Promise<readonly WatchRecord[]>;
  /** One page of the watches worst first: by rank, state, end of the token, and name. `next` is null on the last page. */
  worst(page: WorstPage): Promise<{ readonly records: readonly WatchRecord[]; readonly next: string | null }>;
  /** Counts of all watches, or of the watches whose name contains `part`. */
  tally(part?: string): Promise<Tally>;
  /** Names that contain `part`, in upper or lower case: the same name first, then the shortest. */
  names(part: string, limit: number): Promise<readonly string[]>;
  /** Names of watches whose last known token ends after `from` and not later than `until`, sorted. */
  ending(from: Date, until: Date): Promise<readonly string[]>;
  /** The watches whose last answer was about one of these tokens, sorted, by fingerprint. */
  holders(fingerprints: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** The names without a row. */
  missing(names: Iterable<string>): Promise<readonly string[]>;
  /** At most so many failing watches, the number of the others, and unreadable rows. Cheaper than `list`. */
  troubles(most: number): Promise<Troubles>;
  /**
   * Milliseconds by which the shared clock of all replicas is ahead of this machine's clock; 0 for a store of one
   * machine. Leases and due times use the shared clock, so one wrong machine does no harm.
   */
  clockOffsetMs(machineNow: () => Date): Promise<number>;
  /**
   * Sends a heartbeat, so that no other program frees this program's leases. Also frees leases of programs without a
   * recent heartbeat. A program that claims rows must call it every two seconds.
   */
  keepLeases(machineNow: () => Date): Promise<LeaseState>;
  /** Rejects when the store does not answer, or when it refused a save and would still refuse one. */
  ping(): Promise<void>;
  /** Releases this program's claims and closes the store. */
  close(): Promise<void>;
}

/** The IDs that a token must reach, as a person entered them. Undefined: nothing entered. */
export interface ReachIds {
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
}

/** The result of a check that a person started. */
export interface CheckOutcome {
  readonly verdict: Verdict;
  /** The watch whose requirements applied; null for the defaults. */
  readonly watch: string | null;
  /** The requirements that applied, for the result to show. */
  readonly against: ReachIds & { readonly requiredScopes: readonly string[] };
  /** Set when the result reuses a recent answer. */
  readonly reusedFrom: Date | null;
  /** A remark on the token's source ("read at start; …"); null when there is none. */
  readonly note: string | null;
}

/** Checks tokens for the modal and the CLI. Never throws because of Graph or a source. */
export interface Checker {
  /**
   * Checks an entered token against a watch's requirements; without a watch, against the defaults. Given IDs replace
   * the IDs of the requirements.
   */
  checkToken(secret: Secret, watch: string | undefined, ids?: ReachIds): Promise<CheckOutcome>;
  /** Checks a watch's deployed token. */
  checkWatch(name: string): Promise<CheckOutcome>;
}

/** The part of a watch that the store keeps. */
interface WatchEntry {
  readonly name: string;
  /** A key of all settings that affect its inspection. */
  readonly definition: string;
}
