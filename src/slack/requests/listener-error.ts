import { words } from "../../words/words.ts";
import type { PrivateMessage } from "./request.ts";
import { noticeMessage } from "../kit/notice-view.ts";

/** A listener failed. The person received this ID, so the log must contain it. The cause may come from anywhere. */
export class ListenerError extends Error {
  override readonly name = "ListenerError";
  /** Keeps Bolt from wrapping it (bolt 5.1.0, errors). */
  readonly code = "wa_token_listener_error";
  readonly id: string;
  /** The command, action ID or callback ID of the listener. */
  readonly listener: string;

  constructor(id: string, listener: string, cause: unknown) {
    super(`The Slack listener ${listener} failed; the person has the ID ${id}`, { cause });
    this.id = id;
    this.listener = listener;
  }
}

/** The sentence that a person reads when the bot itself failed. */
export function errorSentence(id: string): string {
  return words.notices.error(id);
}

/** The error sentence as an answer to a command or button. */
export function errorReply(id: string): PrivateMessage {
  return noticeMessage(errorSentence(id));
}
