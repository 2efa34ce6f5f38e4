import type { ViewResponseAction } from "@slack/bolt";
import type { KnownBlock } from "@slack/types";

/** What one person sees. `text` carries the full meaning: screen readers and notifications get nothing else. */
export interface PrivateMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** Who asks. A field that the payload lacked is undefined. */
export interface Person {
  readonly userId: string | undefined;
  /** The workspace this person belongs to; in Enterprise Grid it may be the organisation. */
  readonly teamId: string | undefined;
  /** The workspace in which they acted. */
  readonly actingTeamId?: string | undefined;
  /** The organisation in which they acted; only in Enterprise Grid. */
  readonly enterpriseId?: string | undefined;
  /** The workspace that installed the bot, where the payload names it. */
  readonly installedTeamId: string | undefined;
}

interface Request {
  readonly person: Person;
  /** Good for three seconds and one modal. */
  readonly triggerId: string | undefined;
}

/** Somebody opened the bot's Home, or pressed a button in it. */
export interface HomeRequest {
  readonly person: Person;
}

/** A slash command as our listeners read it. */
export interface CommandRequest extends Request {
  /** Everything behind the command. */
  readonly text: string;
  readonly ack: () => Promise<void>;
  /** Answers to this person only. */
  readonly reply: (message: PrivateMessage) => Promise<void>;
}

/** A pressed button or a choice, in a message, a modal or the Home. */
export interface ActionRequest extends Request {
  readonly actionId: string;
  /** A button's value or the chosen option's. */
  readonly value: string | undefined;
  /** Where the message stands that it belongs to; undefined in a modal and in the Home. */
  readonly channelId: string | undefined;
  /** The modal it stands in; undefined in a message and in the Home. */
  readonly viewId: string | undefined;
  /** It stands in the Home, which must then show how things are. */
  readonly atHome: boolean;
  readonly ack: () => Promise<void>;
  /**
   * A new answer to this person only: a direct message when the button stands in a modal, a modal when it stands in the
   * Home, where the next answer takes its place.
   */
  readonly reply: (message: PrivateMessage) => Promise<void>;
  /** Puts the message in the place of the one the button stands in. */
  readonly replace: (message: PrivateMessage) => Promise<void>;
}

/** One field of a submitted form. */
export interface FieldValue {
  readonly blockId: string;
  /** What was typed, or the chosen option's value. */
  readonly value: string | undefined;
}

/** A submitted modal. */
export interface SubmissionRequest extends Omit<Request, "triggerId"> {
  readonly viewId: string | undefined;
  /** What the view was opened for, as its builder noted it. */
  readonly metadata: string | undefined;
  readonly values: readonly FieldValue[];
  /** The answer due within three seconds: nothing closes the view. */
  readonly ack: (answer?: ViewResponseAction) => Promise<void>;
}
