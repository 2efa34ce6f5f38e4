import type { HomeView, KnownBlock, ModalView } from "@slack/types";
import type { Logger } from "pino";
import type { GuideContext } from "../guide/context.ts";
import type { Alert } from "../watch/alert.ts";
import type { Deed } from "../watch/deed.ts";
import type { HistoryEntry } from "../watch/history.ts";
import type { Undelivered } from "../watch/outbox.ts";
import type { Checker, Target, Targeted, WatchRecord } from "../watch/ports.ts";
import type { WatchCard } from "../watch/watch.ts";

/** A watch as the configuration names it. */
export interface ListedWatch extends WatchCard {
  /** A remark on its token's source ("read at start; …"); null when there is none. */
  readonly sourceNote: string | null;
}

/** The few calls made for people; @slack/web-api's client fits. Two seconds, no retry. */
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

/** What people can do about alerts; `by` is a Slack user id. Each is one transaction, so two at once see each other. */
export interface AlertDeps {
  /** What a target stands for; undefined: the store knows no such thing. */
  readonly find: (target: Target) => Promise<Targeted | undefined>;
  /**
   * Does it to each of its alerts, and has Slack's messages brought up to date, whatever came of it. `changed` is empty when
   * somebody was first or all is over.
   */
  readonly answer: (
    target: Target,
    by: string,
    deed: Deed,
  ) => Promise<(Targeted & { readonly changed: readonly Alert[] }) | undefined>;
}

/** `busy`: somebody else checks it right now; `failed`: it could not be examined or saved. */
export type RecheckOutcome = "checked" | "busy" | "failed";

/** Everything the features need; made once by the composition root. */
export interface SlackDeps {
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  /** Eight hex digits: names a form, or an error that a person may quote. */
  readonly newId: () => string;
  readonly log: Logger;
  readonly people: PeopleClient;
  /** The workspace that installed the bot; null while Slack has not told. */
  readonly installation: () => { readonly teamId: string; readonly enterpriseId?: string | undefined } | null;
  /** Slack user ids who may use status and check; undefined: everyone of the workspace. */
  readonly allowedUsers: ReadonlySet<string> | undefined;
  readonly checker: Checker;
  readonly alerts: AlertDeps;
  /** Checks one watch as a round does, whether it is due or not; an answer then brings the messages up to date. */
  readonly recheck: (watch: string) => Promise<RecheckOutcome>;
  /** What the store remembers of each watch. */
  readonly watches: () => Promise<readonly WatchRecord[]>;
  /** What Slack does not have yet, oldest first. */
  readonly undelivered: () => Promise<readonly Undelivered[]>;
  /** The latest entries of one watch or of all, newest first. */
  readonly history: (options: { readonly watch?: string; readonly limit: number }) => Promise<readonly HistoryEntry[]>;
  /** Remembers that a person opened the Home; a Slack user id. */
  readonly rememberViewer: (user: string) => Promise<void>;
  /** Those who opened it lately, latest first. */
  readonly viewers: () => Promise<readonly string[]>;
  /** Something that the Home shows has changed: it is published anew, soon. */
  readonly changed: () => void;
  /** The end of the quiet hours that an instant lies in; null outside them. */
  readonly quietUntil: (at: Date) => Date | null;
  /** What the configuration says of each watch, by name. */
  readonly cards: readonly ListedWatch[];
  /** What personalises the guide: a watch's own ids and places, the bot's where no watch or an unknown one is named. */
  readonly guide: (watch?: string) => GuideContext;
  readonly timezone: string;
}
