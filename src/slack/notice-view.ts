import type { ModalView } from "@slack/types";
import { rich, type Spans } from "../guide/rich-text.ts";
import { words } from "../words/words.ts";
import { modal, section } from "./blocks.ts";
import type { PrivateMessage } from "./request.ts";
import { slackText } from "./spans.ts";

const TITLE = words.notices.title;

/** One or two sentences as an answer. */
export const noticeSpans = (sentence: Spans): PrivateMessage => {
  const text = slackText(sentence);
  return { text, blocks: [section(text)] };
};

/** The same for a plain text, which is shown as it is. */
export const noticeMessage = (sentence: string): PrivateMessage => noticeSpans(rich`${sentence}`);

/** An answer as a modal, where no message can be sent. */
export const answerView = ({ blocks }: PrivateMessage): ModalView => modal(TITLE, blocks);

/** A plain text as a modal. */
export const noticeView = (sentence: string): ModalView => answerView(noticeMessage(sentence));
