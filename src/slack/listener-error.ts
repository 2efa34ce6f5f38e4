import type { PrivateMessage } from "./request.ts";
import { noticeMessage } from "./notice-view.ts";

/** A listener failed; the person was told this id, so the log must hold it. The cause may come from anywhere. */
export class ListenerError extends Error {
  override readonly name = "ListenerError";
  /** Keeps Bolt from wrapping it (bolt 5.1.0, errors). */
  readonly code = "wa_token_listener_error";
  readonly id: string;
  /** The command, action id or callback id it served. */
  readonly listener: string;

  constructor(id: string, listener: string, cause: unknown) {
    super(`The Slack listener ${listener} failed; the person was told to quote ${id}`, { cause });
    this.id = id;
    this.listener = listener;
  }
}

/** What a person is told when something of ours broke. */
export const errorSentence = (id: string): string =>
  `Something went wrong on our side, and nothing was changed. Try again; if it happens again, quote ${id} to the person who runs this bot.`;

/** The same as an answer to a command or button. */
export const errorReply = (id: string): PrivateMessage => noticeMessage(errorSentence(id));
