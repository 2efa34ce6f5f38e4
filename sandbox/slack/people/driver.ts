import type { JsonObject } from "../json.ts";
import type { SeenMessage } from "../messages.ts";

/** How an action of a person ended, from where they sit. */
export type Outcome =
  /** Nothing needed to be sent: a field was filled in, or a modal closed that does not tell the app. */
  | { readonly kind: "silent" }
  /** The app acknowledged in time; `answer` is what it said in the acknowledgement. */
  | { readonly kind: "acked"; readonly answer: JsonObject | undefined }
  /** Slack showed this error: no answer within 3 s, or the app could not be reached or refused. */
  | { readonly kind: "failed"; readonly error: "operation_timeout" | "dispatch_failed"; readonly reason: string }
  /** The client did not even send it: a required field is empty, the confirm dialog was denied, a command from outside. */
  | { readonly kind: "not_sent"; readonly reason: string; readonly errors: Readonly<Record<string, string>> }
  /** Slack could not use the app's acknowledgement; the person sees "We had some trouble connecting". */
  | { readonly kind: "rejected"; readonly error: string; readonly messages: readonly string[] };

/** A sentence of Slack itself, visible to this person only. */
export interface Notice {
  readonly at: Date;
  readonly error: string;
  readonly text: string;
}

/** The modal on top of a person's stack. */
export interface SeenModal {
  readonly id: string;
  readonly externalId: string | undefined;
  readonly callbackId: string;
  readonly hash: string;
  readonly title: string;
  /** The whole view as Slack would put it into a payload, `state` included. */
  readonly view: JsonObject;
  readonly blocks: readonly JsonObject[];
  /** What stands in the fields now: `values[blockId][actionId]`, in Slack's shape. */
  readonly values: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  /** Field errors by block id, from the app or from the client. */
  readonly errors: Readonly<Record<string, string>>;
  /** How many views are on the stack, this one included. */
  readonly depth: number;
}

export interface SeenHome {
  readonly id: string;
  readonly view: JsonObject;
  readonly blocks: readonly JsonObject[];
}

/** Where an element is: the open modal (default), the Home tab, or a message as seen. */
export type Place = "modal" | "home" | SeenMessage;

/** Which element. A string is an action id. Several fields must all match; the first match is taken. */
export type Target =
  | string
  | {
      readonly actionId?: string | RegExp;
      readonly blockId?: string | RegExp;
      /** What is written on it (button text, or the label of an input). */
      readonly text?: string | RegExp;
      /** A button's value. */
      readonly value?: string;
    };

export interface CommandLine {
  readonly command: string;
  readonly text?: string;
  /** Channel name, channel id, or `dm` for the conversation with the bot. `general` by default. */
  readonly channel?: string;
}

/** One person with a Slack client: what they do, and what they see. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly teamId: string;
  readonly teamDomain: string;
  readonly outsider: boolean;
  /** The id of their conversation with the bot. */
  readonly dmChannel: string;

  /** Types a slash command and waits until the app acknowledged it. Outsiders are `not_sent`, as in Slack Connect. */
  readonly runCommand: (line: CommandLine) => Promise<Outcome>;
  /** Presses a button. `confirm: false` answers "no" to its confirm dialog. */
  readonly click: (target: Target, options?: { readonly in?: Place; readonly confirm?: boolean }) => Promise<Outcome>;
  /** Types into a text input. Sends nothing, unless the block has `dispatch_action`. */
  readonly type: (target: Target, text: string, options?: { readonly in?: Place }) => Promise<Outcome>;
  /**
   * Chooses in a select, radio group, checkboxes, overflow or date picker: option value, user, channel or date.
   * An array for multi selects and checkboxes. Outside input blocks this sends `block_actions` and waits for the ack.
   */
  readonly select: (
    target: Target,
    value: string | readonly string[],
    options?: { readonly in?: Place; readonly confirm?: boolean },
  ) => Promise<Outcome>;
  /** Presses the modal's submit button. The client checks required fields and lengths first. */
  readonly submit: () => Promise<Outcome>;
  /** Presses the close button; `all: true` is the × that closes the whole stack. Tells the app if it asked to know. */
  readonly closeModal: (options?: { readonly all?: boolean }) => Promise<Outcome>;
  /** Opens the app's Home or Messages tab: sends `app_home_opened`. */
  readonly homeOpened: (tab?: "home" | "messages") => Promise<Outcome>;

  readonly ephemerals: () => readonly SeenMessage[];
  /** By channel name or id: what stands in the channel, broadcast thread replies included. Empty if they are not in it. */
  readonly channelMessages: (channel: string) => readonly SeenMessage[];
  /** The parent first, then its replies. */
  readonly thread: (channel: string, ts: string) => readonly SeenMessage[];
  /** Their direct messages with the bot. */
  readonly dms: () => readonly SeenMessage[];
  readonly modal: () => SeenModal | undefined;
  readonly home: () => SeenHome | undefined;
  /** Errors that Slack showed them, oldest first. */
  readonly notices: () => readonly Notice[];
}
