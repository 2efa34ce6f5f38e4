import type { InputBlock, ModalView } from "@slack/types";
import type { Renewal } from "../../renewal/renewal.ts";
import { resultOf } from "../../renewal/rules/steps.ts";
import { words } from "../../words/words.ts";
import { LIMITS, modal, option, plain, section } from "../kit/blocks.ts";
import { bold } from "../kit/mrkdwn.ts";
import { slackText } from "../kit/spans.ts";
import { LONGEST_TOKEN } from "../check/form-view.ts";
import { PASTE_FORM, PASTE_SOONER, PASTE_TOKEN } from "./ids.ts";

/**
 * The private form for a new token. After a token that ended too soon, it also asks whether the earlier end is fine.
 * @param suffix makes the IDs of this form unique, so that Slack keeps no typed token
 */
export function pasteView(renewal: Pick<Renewal, "id" | "watch" | "steps">, suffix: string): ModalView {
  return {
    ...modal(forms.pasteTitle, [
      section(slackText(forms.pasteAbout(renewal.watch))),
      tokenField(suffix),
      ...(resultOf(renewal, "test")?.detail.kind === "ends_sooner" ? [soonerField(suffix)] : []),
    ]),
    callback_id: PASTE_FORM,
    private_metadata: renewal.id,
    submit: plain(forms.submitToken, LIMITS.title),
  };
}

/** Shown from the submission until the result arrives. */
export function testingView(): ModalView {
  return modal(forms.pasteTitle, [section(`${bold(forms.testing)}\n${slackText(forms.testingTime)}`)]);
}

/** The value of the checked box. */
export const ACCEPTED = "accepted";

const { forms } = words.renewal;

function tokenField(suffix: string): InputBlock {
  return {
    type: "input",
    block_id: `${PASTE_TOKEN}${suffix}`,
    label: plain(forms.token, LIMITS.placeholder),
    hint: plain(forms.tokenHint, LIMITS.placeholder),
    element: {
      type: "plain_text_input",
      action_id: `${PASTE_TOKEN}${suffix}`,
      multiline: false,
      max_length: LONGEST_TOKEN,
    },
  };
}

function soonerField(suffix: string): InputBlock {
  return {
    type: "input",
    block_id: `${PASTE_SOONER}${suffix}`,
    optional: true,
    label: plain(forms.sooner, LIMITS.placeholder),
    element: {
      type: "checkboxes",
      action_id: `${PASTE_SOONER}${suffix}`,
      options: [option(forms.acceptSooner, ACCEPTED)],
    },
  };
}
