import type { JsonObject } from "../../slack/json.ts";

/** A person whose Slack client the page can show. */
export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  /** Name of the person's organisation. */
  readonly team: string;
  /** A member of another organisation, connected through Slack Connect. */
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
  /** Only the viewer sees this message. */
  readonly onlyYou: boolean;
  /** The `ts` of the parent message; null for a message that is not a reply. */
  readonly replyTo: string | null;
  /** A reply that also appears in the channel. */
  readonly broadcast: boolean;
  readonly replies: readonly MessageView[];
}

export interface ConversationView {
  readonly id: string;
  readonly kind: "channel" | "dm";
  readonly name: string;
  /** The conversation has members from another organisation. */
  readonly shared: boolean;
  /** Messages of the conversation itself, oldest first; replies are in their parent message. */
  readonly messages: readonly MessageView[];
}

export interface FieldPlace {
  readonly blockId: string;
  readonly actionId: string;
}

/** The top modal of the viewer's stack. */
export interface ModalView {
  readonly id: string;
  /** A new value each time the app changes the view. */
  readonly hash: string;
  readonly title: string;
  readonly submit: string | null;
  readonly close: string;
  readonly blocks: readonly JsonObject[];
  /** Values of the fields: `values[blockId][actionId]`, in Slack's format. */
  readonly values: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  /** Field errors by block id. */
  readonly errors: Readonly<Record<string, string>>;
  /** The field of the bot's check form that takes a pasted token; null in other views. */
  readonly tokenField: FieldPlace | null;
  /** The field of that form that offers the watch of the samples; null when there is none. */
  readonly watchField: FieldPlace | null;
  /** Number of views on the stack, including this one. */
  readonly depth: number;
}

/** Slack as the viewer's client shows it. It contains nothing that only other people may see. */
export interface SlackSnapshot {
  readonly viewer: PersonView;
  readonly people: readonly PersonView[];
  readonly bot: { readonly id: string; readonly name: string };
  /** The sandbox's time, as ISO 8601. */
  readonly now: string;
  readonly conversations: readonly ConversationView[];
  /** Blocks of the App Home; null until the app publishes some. */
  readonly home: readonly JsonObject[] | null;
  readonly modal: ModalView | null;
  /** Messages of Slack itself to the viewer, oldest first. */
  readonly notices: readonly NoticeView[];
  readonly refusals: readonly RefusalView[];
  /** Names that may follow `/wa-token check` and `/wa-token status`. */
  readonly watches: readonly string[];
}

interface NoticeView {
  readonly id: string;
  readonly text: string;
}

/** A request of the bot that Slack would refuse. */
interface RefusalView {
  readonly id: string;
  readonly at: string;
  readonly method: string;
  readonly error: string;
  readonly messages: readonly string[];
}
