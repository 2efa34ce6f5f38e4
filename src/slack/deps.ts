import type { HomeView, KnownBlock, ModalView } from "@slack/types";
import type { Logger } from "pino";
import type { GuideContext } from "../guide/context.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, Snooze } from "../watch/alert.ts";
import type { Group } from "../watch/group.ts";
import type { HistoryEntry } from "../watch/history.ts";
import type { Undelivered } from "../watch/outbox.ts";
import type { Checker, WatchRecord } from "../watch/ports.ts";
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

/** What became of a press; `unchanged`: the alert as it stands, because somebody was first or it is over. */
export type AlertAnswer =
  | { readonly kind: "done"; readonly alert: Alert }
  | { readonly kind: "unchanged"; readonly alert: Alert }
  /** The store knows no such alert. */
  | { readonly kind: "gone" };

/** The same for a press on a group's message: `changed` holds the alerts that it changed, `open` counts those open. */
export type GroupAnswer =
  | { readonly kind: "done"; readonly group: Group; readonly changed: readonly Alert[]; readonly open: number }
  | { readonly kind: "unchanged"; readonly group: Group; readonly open: number }
  | { readonly kind: "gone" };

/** A group as it stands, with the alerts that are open. */
export type FoundGroup =
  | {
      readonly kind: "unchanged";
      readonly group: Group;
      readonly alerts: readonly Alert[];
      readonly open: number;
    }
  | { readonly kind: "gone" };

/** How many of the alerts that a message lists were changed. */
export interface ManyAnswer {
  readonly changed: number;
}

type SnoozeWish = Pick<Snooze, "by" | "until" | "reason">;

/** What people can do to an alert; `by` is a Slack user id. Each is one transaction, so two at once see each other. */
export interface AlertDeps {
  readonly find: (id: string) => Promise<Exclude<AlertAnswer, { readonly kind: "done" }>>;
  readonly acknowledge: (id: string, by: string) => Promise<AlertAnswer>;
  readonly unacknowledge: (id: string, by: string) => Promise<AlertAnswer>;
  readonly snooze: (id: string, asked: SnoozeWish) => Promise<AlertAnswer>;
  readonly unsnooze: (id: string, by: string) => Promise<AlertAnswer>;
  /** Records a check that the person asked for; `found` is null when it gave no answer. */
  readonly checked: (id: string, by: string, found: Verdict | null) => Promise<AlertAnswer>;
  readonly findGroup: (id: string) => Promise<FoundGroup>;
  readonly acknowledgeGroup: (id: string, by: string) => Promise<GroupAnswer>;
  /** Takes back the acknowledgements that were given at this instant. */
  readonly unacknowledgeGroup: (id: string, by: string, given: Date) => Promise<GroupAnswer>;
  readonly snoozeGroup: (id: string, asked: SnoozeWish) => Promise<GroupAnswer>;
  /** Ends the snoozes that were begun at this instant. */
  readonly unsnoozeGroup: (id: string, by: string, begun: Date) => Promise<GroupAnswer>;
  /** The same as `checked` for those of the group whose ids are keys. */
  readonly checkedGroup: (id: string, by: string, found: ReadonlyMap<string, Verdict | null>) => Promise<GroupAnswer>;
  /** The same for alerts by id, as a message lists them that is not their own. */
  readonly acknowledgeMany: (ids: readonly string[], by: string) => Promise<ManyAnswer>;
  readonly snoozeMany: (ids: readonly string[], asked: SnoozeWish) => Promise<ManyAnswer>;
  /** Brings Slack's messages up to date. Never rejects; what Slack does not take is tried again by itself. */
  readonly deliver: () => Promise<void>;
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
  /** Checks one watch as a round does, whether it is due or not; the alert then waits to be delivered. */
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
