import type { JsonObject } from "../json.ts";
import type { SeenMessage } from "../messages.ts";

/** The result of a person's action, as the person sees it. */
export type Outcome =
  /** Nothing had to be sent: a field was filled in, or a modal was closed that does not report it. */
  | { readonly kind: "silent" }
  /** The app acknowledged in time; `answer` is the payload of the acknowledgement. */
  | { readonly kind: "acked"; readonly answer: JsonObject | undefined }
  /** Slack showed this error: the app did not answer within 3 s, was unreachable, or refused the request. */
  | { readonly kind: "failed"; readonly error: "operation_timeout" | "dispatch_failed"; readonly reason: string }
  /**
   * The client sent nothing: a required field is empty, the person declined the confirm dialog, or an outsider used the
   * command.
   */
  | { readonly kind: "not_sent"; readonly reason: string; readonly errors: Readonly<Record<string, string>> }
  /** Slack could not use the app's acknowledgement. The person sees "We had some trouble connecting". */
  | { readonly kind: "rejected"; readonly error: string; readonly messages: readonly string[] };

/** A message of Slack itself, visible to this person only. */
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
  /** The complete view as Slack would send it in a payload, including `state`. */
  readonly view: JsonObject;
  readonly blocks: readonly JsonObject[];
  /** Current values of the fields: `values[blockId][actionId]`, in Slack's format. */
  readonly values: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  /** Field errors by block id, from the app or from the client. */
  readonly errors: Readonly<Record<string, string>>;
  /** Number of views on the stack, including this one. */
  readonly depth: number;
}

export interface SeenHome {
  readonly id: string;
  readonly view: JsonObject;
  readonly blocks: readonly JsonObject[];
}

/** The place of an element: the open modal (default), the Home tab, or a message that the person sees. */
export type Place = "modal" | "home" | SeenMessage;

/**
 * Selects an element. A string is an action id. With several fields all must match; the first matching element is used.
 */
export type Target =
  | string
  | {
      readonly actionId?: string | RegExp;
      readonly blockId?: string | RegExp;
      /** Text of a button, or label of an input. */
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

/** A shortcut in the menu of a message that somebody posted. */
export interface ShortcutUse {
  readonly callbackId: string;
  /** Fields of the message, such as `text`, `blocks` and `files`. */
  readonly message: JsonObject;
  /** Channel name or ID. `general` by default. */
  readonly channel?: string;
}

/** One person with a Slack client: the actions of the person, and what the person sees. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly teamId: string;
  readonly teamDomain: string;
  readonly outsider: boolean;
  /** Id of the person's conversation with the bot. */
  readonly dmChannel: string;

  /**
   * Types a slash command and waits for the app's acknowledgement. For outsiders the result is `not_sent`, as in Slack
   * Connect.
   */
  readonly runCommand: (line: CommandLine) => Promise<Outcome>;
  /** Uses a shortcut in the menu of a message, and waits for the app's acknowledgement. */
  readonly runShortcut: (use: ShortcutUse) => Promise<Outcome>;
  /** Presses a button. `confirm: false` declines its confirm dialog. */
  readonly click: (target: Target, options?: { readonly in?: Place; readonly confirm?: boolean }) => Promise<Outcome>;
  /** Types into a text input. Sends nothing unless the block has `dispatch_action`. */
  readonly type: (target: Target, text: string, options?: { readonly in?: Place }) => Promise<Outcome>;
  /**
   * Chooses an option value, user, channel or date in a select, radio group, checkboxes, overflow or date picker. Multi
   * selects and checkboxes take an array. Outside input blocks this sends `block_actions` and waits for the
   * acknowledgement.
   */
  readonly select: (
    target: Target,
    value: string | readonly string[],
    options?: { readonly in?: Place; readonly confirm?: boolean },
  ) => Promise<Outcome>;
  /** Presses the modal's submit button. The client first checks required fields and lengths. */
  readonly submit: () => Promise<Outcome>;
  /**
   * Presses the close button; `all: true` is the × that closes the whole stack. Notifies the app if the view asked for
   * it.
   */
  readonly closeModal: (options?: { readonly all?: boolean }) => Promise<Outcome>;
  /** Opens the app's Home or Messages tab, which sends `app_home_opened`. */
  readonly homeOpened: (tab?: "home" | "messages") => Promise<Outcome>;

  readonly ephemerals: () => readonly SeenMessage[];
  /** Messages of a channel by name or id, including broadcast thread replies. Empty if the person is not a member. */
  readonly channelMessages: (channel: string) => readonly SeenMessage[];
  /** The parent first, then its replies. */
  readonly thread: (channel: string, ts: string) => readonly SeenMessage[];
  /** The person's direct messages with the bot. */
  readonly dms: () => readonly SeenMessage[];
  readonly modal: () => SeenModal | undefined;
  readonly home: () => SeenHome | undefined;
  /** Errors that Slack showed to the person, oldest first. */
  readonly notices: () => readonly Notice[];
}
