import type { ModalView } from "@slack/types";
import { rich, type Spans } from "../../guide/rich-text.ts";
import { words } from "../../words/words.ts";
import { modal, section } from "./blocks.ts";
import type { PrivateMessage } from "../requests/request.ts";
import { slackText } from "./spans.ts";

/** One or two sentences as a reply. */
export function noticeSpans(sentence: Spans): PrivateMessage {
  const text = slackText(sentence);
  return { text, blocks: [section(text)] };
}

/** A notice from a plain text, which Slack shows literally. */
export function noticeMessage(sentence: string): PrivateMessage {
  return noticeSpans(rich`${sentence}`);
}

/** A reply as a modal, for places where no message can be sent. */
export function privateModal({ blocks }: PrivateMessage): ModalView {
  return modal(TITLE, blocks);
}

/** A plain text as a modal. */
export function noticeView(sentence: string): ModalView {
  return privateModal(noticeMessage(sentence));
}

const TITLE = words.notices.title;
