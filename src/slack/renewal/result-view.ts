import type { KnownBlock, ModalView } from "@slack/types";
import type { Spans } from "../../guide/rich-text.ts";
import type { RenewalAction } from "../../renewal/audit.ts";
import type { Renewal } from "../../renewal/renewal.ts";
import type { Renewed } from "../../renewal/renewer.ts";
import type { BareToken } from "../../token/secret/bare-token.ts";
import { provenTexts } from "../../words/renewal/checklist-text.ts";
import { renewalText } from "../../words/renewal/renewal-text.ts";
import { words } from "../../words/words.ts";
import { actions, button, context, header, LIMITS, modal, section } from "../kit/blocks.ts";
import { cutTo } from "../kit/mrkdwn.ts";
import { inSlack, slackHeadline } from "../kit/spans.ts";
import { RENEWAL } from "../messages/renewal/ids.ts";
import type { PrivateMessage } from "../requests/request.ts";

export interface RenewedOptions {
  readonly renewed: Renewed;
  /** The action that led to this result. */
  readonly attempt: RenewalAction;
  readonly offered: (renewal: Renewal) => readonly RenewalAction[];
  /** The characters that the bot removed around a pasted token. */
  readonly removed?: BareToken["removed"];
  readonly timezone: string;
}

/** The result of a press or a form, only for the person who acted. It has no field, so Slack keeps nothing typed. */
export function renewedView(options: RenewedOptions): ModalView {
  return modal(forms.answerTitle, renewedMessage(options).blocks);
}

/** The same as a private message. Its text alone says everything. */
export function renewedMessage({ renewed, attempt, offered, removed = [], timezone }: RenewedOptions): PrivateMessage {
  const say = inSlack(timezone);
  if (!renewed.ok) {
    const text = say(words.renewal.obstacle(renewed.obstacle, attempt));
    return { text, blocks: [section(text)] };
  }
  const { renewal } = renewed;
  const possible = offered(renewal);
  const { headline, current } = renewalText(renewal, possible);
  const lines = (renewal.steps.length === 0 ? [forms.checklistOpen(renewal.watch)] : current).map(say);
  const small: readonly Spans[] = [
    ...(attempt === "paste" ? provenTexts(renewal) : []),
    ...(removed.length === 0 ? [] : [words.results.remarks.removed(removed)]),
    forms.followInChannel,
  ];
  return {
    text: cutTo([say(headline), ...lines, ...small.map(say)].join("\n"), LIMITS.messageText),
    blocks: [
      header(slackHeadline(headline)),
      ...(lines.length === 0 ? [] : [section(lines.join("\n"))]),
      ...(attempt === "paste" && possible.includes("paste") ? againBlocks(renewal) : []),
      ...small.map((line) => context(say(line))),
    ],
  };
}

const { forms } = words.renewal;

/** The form again, empty, after a token that was not accepted. */
function againBlocks({ id }: Renewal): readonly KnownBlock[] {
  return [actions(button({ id: RENEWAL.paste, ...forms.pasteAgain, value: id, style: "primary" }))];
}
