import type { ModalView } from "@slack/types";
import { words } from "../../words/words.ts";
import { modal, section } from "../kit/blocks.ts";
import { bold } from "../kit/mrkdwn.ts";
import { slackText } from "../kit/spans.ts";

/** Shown from the submission until the result arrives. */
export function checkingView(): ModalView {
  return modal(title, [section(`${bold(checking)}\n${slackText(checkingTime())}`)]);
}

const { title, checking, checkingTime } = words.checkForm;
