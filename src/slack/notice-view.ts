import type { ModalView } from "@slack/types";
import { modal, section } from "./blocks.ts";
import { escapeMrkdwn } from "./mrkdwn.ts";
import type { PrivateMessage } from "./request.ts";

/** One plain sentence or two, as an answer. */
export const noticeMessage = (sentence: string): PrivateMessage => ({
  text: escapeMrkdwn(sentence),
  blocks: [section(escapeMrkdwn(sentence))],
});

/** An answer as a modal, where no message can be sent. */
export const answerView = ({ blocks }: PrivateMessage): ModalView => modal("WhatsApp token", blocks);

/** The same as a modal. */
export const noticeView = (sentence: string): ModalView => modal("WhatsApp token", [section(escapeMrkdwn(sentence))]);
