import type { ModalView } from "@slack/types";
import { rich, type Spans } from "../../guide/rich-text.ts";
import { words } from "../../words/words.ts";
import { modal, section } from "./blocks.ts";
import type { PrivateMessage } from "../requests/request.ts";
import { slackText } from "./spans.ts";

const TITLE = words.notices.title;

/** One or two sentences as a reply. */
export const noticeSpans = (sentence: Spans): PrivateMessage => {
  const text = slackText(sentence);
  return { text, blocks: [section(text)] };
};

/** A notice from a plain text, which Slack shows literally. */
export const noticeMessage = (sentence: string): PrivateMessage => noticeSpans(rich`${sentence}`);

/** A reply as a modal, for places where no message can be sent. */
export const privateModal = ({ blocks }: PrivateMessage): ModalView => modal(TITLE, blocks);

/** A plain text as a modal. */
export const noticeView = (sentence: string): ModalView => privateModal(noticeMessage(sentence));
