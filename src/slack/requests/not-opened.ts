import { words } from "../../words/words.ts";
import { noticeMessage } from "../kit/notice-view.ts";
import { isTooLate } from "../transport/trouble.ts";
import type { PrivateMessage } from "./request.ts";

/** The private message when Slack did not open a form; `error` is that of the call, if the bot made one. */
export function notOpenedMessage(error?: unknown): PrivateMessage {
  const { openedLate, notOpened } = words.checkForm.problems;
  return noticeMessage(isTooLate(error) ? openedLate : notOpened);
}
