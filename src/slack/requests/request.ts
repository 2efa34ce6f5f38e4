import type { ViewResponseAction } from "@slack/bolt";
import type { KnownBlock } from "@slack/types";

/** A private message. `text` has the full content, because screen readers and notifications use only `text`. */
export interface PrivateMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** The person who acted. A field that the payload lacks is undefined. */
export interface Person {
  readonly userId: string | undefined;
  /** The workspace this person belongs to; in Enterprise Grid it may be the organisation. */
  readonly teamId: string | undefined;
  /** The workspace in which the person acted. */
  readonly actingTeamId?: string | undefined;
  /** The organisation in which the person acted; only in Enterprise Grid. */
  readonly enterpriseId?: string | undefined;
  /** The workspace that installed the bot, where the payload names it. */
  readonly installedTeamId: string | undefined;
}

/** A person opened the bot's Home, or pressed a button in it. */
export interface HomeRequest {
  readonly person: Person;
}

/** A slash command, without Bolt's types. */
export interface CommandRequest extends Request {
  /** Everything after the command. */
  readonly text: string;
  readonly ack: () => Promise<void>;
  /** Answers to this person only. */
  readonly reply: (message: PrivateMessage) => Promise<void>;
}

/** A pressed button or a choice, in a message, a modal or the Home. */
export interface ActionRequest extends Request {
  readonly actionId: string;
  /** The value of the button or of the chosen option. */
  readonly value: string | undefined;
  /** The channel of the message with the button; undefined in a modal and in the Home. */
  readonly channelId: string | undefined;
  /** The modal with the button; undefined in a message and in the Home. */
  readonly viewId: string | undefined;
  /** True for a button in the Home. The Home must then be updated. */
  readonly atHome: boolean;
  readonly ack: () => Promise<void>;
  /**
   * A new reply to this person only. For a button in a modal: a direct message. For a button in the Home: a modal, and
   * each further reply replaces its content.
   */
  readonly reply: (message: PrivateMessage) => Promise<void>;
  /** Replaces the message that holds the button. */
  readonly replace: (message: PrivateMessage) => Promise<void>;
}

/** A shortcut in the menu of a message. */
export interface ShortcutRequest extends Request {
  /** The message as Slack sent it. It may contain a token, and comes from outside. Undefined when it is missing. */
  readonly message: unknown;
  readonly ack: () => Promise<void>;
  /** Answers to this person only. */
  readonly reply: (message: PrivateMessage) => Promise<void>;
}

/** One field of a submitted form. */
export interface FieldValue {
  readonly blockId: string;
  /** The typed text, or the value of the chosen option; of the first one for checkboxes. */
  readonly value: string | undefined;
}

/** A submitted modal. */
export interface SubmissionRequest extends Omit<Request, "triggerId"> {
  readonly viewId: string | undefined;
  /** The text that the bot stored in the view when it built the view (`private_metadata`). */
  readonly metadata: string | undefined;
  readonly values: readonly FieldValue[];
  /** The response that is due within three seconds. An empty response closes the view. */
  readonly ack: (response?: ViewResponseAction) => Promise<void>;
}

interface Request {
  readonly person: Person;
  /** Valid for three seconds and one modal. */
  readonly triggerId: string | undefined;
}
