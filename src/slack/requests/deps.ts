import type { Button, HomeView, KnownBlock, ModalView } from "@slack/types";
import type { Logger } from "pino";
import type { GuideContext } from "../../guide/context.ts";
import type { Alert } from "../../alert/alert.ts";
import type { Action } from "../../alert/respond.ts";
import type { HistoryEntry } from "../../alert/history.ts";
import type { Outbox } from "../../outbox/outbox.ts";
import type { Checker, Target, Targeted, WatchStore } from "../../watch/ports.ts";
import type { WatchSnapshot } from "../../alert/watch-snapshot.ts";
import type { FleetTrouble } from "../../outbox/digest-table.ts";
import type { AppPace } from "../../watch/budget/app-pace.ts";
import type { Book } from "../../watch/watch-book.ts";
import type { AuditEntry, RenewalAction } from "../../renewal/audit.ts";
import type { Renewal } from "../../renewal/renewal.ts";
import type { Renewer } from "../../renewal/renewer.ts";

/** A watch from the configuration. */
export interface ListedWatch extends WatchSnapshot {
  /** A remark on the source of the watch's token ("read at start; …"); null when there is none. */
  readonly sourceNote: string | null;
}

/**
 * People's actions on alerts; `by` is a Slack user ID. Each action is one transaction, so the second of two people who
 * act at once sees the result of the first.
 */
export interface AlertDeps {
  /** The alerts of a target; undefined when the store does not know the target. */
  readonly find: (target: Target) => Promise<Targeted | undefined>;
  /**
   * Applies a person's action to each alert of the target, and updates Slack's messages even when nothing changed.
   * `changed` is empty when another person acted first or all alerts are over.
   */
  readonly respond: (
    target: Target,
    by: string,
    deed: Action,
  ) => Promise<(Targeted & { readonly changed: readonly Alert[] }) | undefined>;
}

/**
 * `busy`: another check of it is running; `limited`: Meta limits the calls of its app; `failed`: the check or the save
 * failed.
 */
export type RecheckOutcome = "checked" | "busy" | "limited" | "failed";

/** Renewals from Slack, for admins. */
export interface Renewals {
  readonly renewer: Renewer;
  readonly byId: (id: string) => Promise<Renewal | undefined>;
  /** The actions that a renewal offers now. Pure. */
  readonly offered: (renewal: Renewal) => readonly RenewalAction[];
}

/** Everything that the features need. The composition root creates it once. */
export interface SlackDeps {
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  /** Eight hex digits. They identify a form, or an error that a person may quote. */
  readonly newId: () => string;
  readonly log: Logger;
  readonly people: PeopleClient;
  /** The workspace that installed the bot; null until Slack has reported it. */
  readonly installation: () => { readonly teamId: string; readonly enterpriseId?: string | undefined } | null;
  /** Slack user IDs that may use status and check; undefined: everyone in the workspace. */
  readonly allowedUsers: ReadonlySet<string> | undefined;
  /** Slack user IDs that may renew tokens; empty: nobody. */
  readonly adminUsers: ReadonlySet<string>;
  readonly checker: Checker;
  readonly alerts: AlertDeps;
  /** Checks one watch as a round does, whether it is due or not. The result then updates the messages. */
  readonly recheck: (watch: string) => Promise<RecheckOutcome>;
  /** The stored watches. There can be very many, so nothing reads all of them. */
  readonly watches: Pick<WatchStore, "find" | "worst" | "tally" | "names" | "holders">;
  /** What Slack has not accepted yet. */
  readonly outbox: Pick<Outbox, "undelivered" | "refusedAlerts" | "heldAlerts">;
  /** The latest entries of one watch or of all watches, newest first. */
  readonly history: (options: { readonly watch?: string; readonly limit: number }) => Promise<readonly HistoryEntry[]>;
  /** Saves lines of the audit. Rejects when the store does not answer. */
  readonly record: (entries: readonly AuditEntry[]) => Promise<void>;
  /** Renewals from Slack. Absent: they are off. */
  readonly offerRenewal?: {
    /** Slack user IDs that may renew (`ADMIN_USERS`). */
    readonly admins: ReadonlySet<string>;
    /** The button "Renew…" of a watch; undefined when the watch cannot be renewed. */
    readonly button: (watch: string) => Button | undefined;
  };
  /** The latest entries of the audit, newest first. */
  readonly audit: (limit: number) => Promise<readonly AuditEntry[]>;
  /** Absent or undefined: renewals from Slack are off, because ADMIN_USERS is not set. */
  readonly renewals?: Renewals | undefined;
  /** Remembers that a person opened the Home. Takes a Slack user ID. */
  readonly rememberViewer: (user: string) => Promise<void>;
  /** People who opened the Home recently, latest first. */
  readonly viewers: () => Promise<readonly string[]>;
  /** Reports that something in the Home changed. The bot publishes the Home again soon. */
  readonly changed: () => void;
  /** The end of the quiet hours that contain this time; null outside quiet hours. */
  readonly quietUntil: (at: Date) => Date | null;
  /** The fleets with a problem. Absent: there is no fleet. */
  readonly fleetTroubles?: () => readonly FleetTrouble[];
  /** What Meta's limits allow for each Meta app, the slowest first. Absent: nothing is known. */
  readonly paces?: () => readonly AppPace[];
  /** The configuration of each watch, by name. */
  readonly cards: Book<ListedWatch>;
  /** The values in the guide: a watch's IDs and token location, or the bot's own without a known watch. */
  readonly guide: (watch?: string) => GuideContext;
  readonly timezone: string;
}

/** The few calls made to answer people; @slack/web-api's client fits. Two seconds, no retry. */
interface PeopleClient {
  readonly views: {
    readonly open: (call: { trigger_id: string; view: ModalView }) => Promise<unknown>;
    readonly push: (call: { trigger_id: string; view: ModalView }) => Promise<unknown>;
    readonly update: (call: { view_id: string; view: ModalView }) => Promise<unknown>;
    readonly publish: (call: { user_id: string; view: HomeView }) => Promise<unknown>;
  };
  readonly chat: {
    readonly postMessage: (call: {
      channel: string;
      text: string;
      blocks: KnownBlock[];
      unfurl_links: false;
      unfurl_media: false;
    }) => Promise<unknown>;
  };
}
