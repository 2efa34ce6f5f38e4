import type { JsonObject } from "../../slack/json.ts";

/** A person whose client the page can be. */
export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  /** Name of their organisation. */
  readonly team: string;
  /** Of another organisation, here through Slack Connect. */
  readonly outsider: boolean;
}

export interface MessageView {
  readonly channel: string;
  readonly ts: string;
  /** User id of the author. */
  readonly author: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly attachments: readonly JsonObject[];
  readonly edited: boolean;
  /** Nobody but the viewer sees it. */
  readonly onlyYou: boolean;
  /** The `ts` of the message it is a reply to; null for one that is no reply. */
  readonly replyTo: string | null;
  /** A reply that stands in the channel too. */
  readonly broadcast: boolean;
  readonly replies: readonly MessageView[];
}

export interface ConversationView {
  readonly id: string;
  readonly kind: "channel" | "dm";
  readonly name: string;
  /** People of another organisation are in it. */
  readonly shared: boolean;
  /** What stands in the conversation itself, oldest first; replies are in their message. */
  readonly messages: readonly MessageView[];
}

/** The modal on top of the viewer's stack. */
export interface ModalView {
  readonly id: string;
  /** Changes with every change of the view by the app. */
  readonly hash: string;
  readonly title: string;
  readonly submit: string | null;
  readonly close: string;
  readonly blocks: readonly JsonObject[];
  /** What stands in the fields: `values[blockId][actionId]`, in Slack's shape. */
  readonly values: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  /** Field errors by block id. */
  readonly errors: Readonly<Record<string, string>>;
  /** How many views are on the stack, this one included. */
  readonly depth: number;
}

interface NoticeView {
  readonly id: string;
  readonly text: string;
}

/** Something the bot sent that Slack would not take. */
interface RefusalView {
  readonly id: string;
  readonly at: string;
  readonly method: string;
  readonly error: string;
  readonly messages: readonly string[];
}

/** Slack as one person's client shows it: nothing in here is for other eyes than the viewer's. */
export interface SlackSnapshot {
  readonly viewer: PersonView;
  readonly people: readonly PersonView[];
  readonly bot: { readonly id: string; readonly name: string };
  /** The sandbox's time, as ISO 8601. */
  readonly now: string;
  readonly conversations: readonly ConversationView[];
  /** Blocks of the App Home; null as long as the app published none. */
  readonly home: readonly JsonObject[] | null;
  readonly modal: ModalView | null;
  /** Sentences of Slack itself to the viewer, oldest first. */
  readonly notices: readonly NoticeView[];
  readonly refusals: readonly RefusalView[];
  /** Names that may follow `/wa-token check` and `/wa-token status`. */
  readonly watches: readonly string[];
}
