import type { KnownBlock, ModalView } from "@slack/types";
import type { Logger } from "pino";
import type { GuideContext } from "../guide/context.ts";
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

/** Everything the features need; made once by the composition root. */
export interface SlackDeps {
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  /** Eight hex digits: names a form, or an error that a person may quote. */
  readonly newId: () => string;
  readonly log: Logger;
  readonly people: PeopleClient;
  /** The workspace that installed the bot; null while Slack has not told. */
  readonly installation: () => { readonly teamId: string } | null;
  /** Slack user ids who may use status and check; undefined: everyone of the workspace. */
  readonly allowedUsers: ReadonlySet<string> | undefined;
  readonly checker: Checker;
  /** What the store remembers of each watch. */
  readonly watches: () => Promise<readonly WatchRecord[]>;
  /** What the configuration says of each watch, by name. */
  readonly cards: readonly ListedWatch[];
  readonly guide: GuideContext;
  readonly timezone: string;
}
