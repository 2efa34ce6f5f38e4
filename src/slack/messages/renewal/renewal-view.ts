import type { KnownBlock, MessageAttachment } from "@slack/types";
import type { RenewalAction } from "../../../renewal/audit.ts";
import type { Renewal } from "../../../renewal/renewal.ts";
import { isUrgent } from "../../../renewal/rules/steps.ts";
import { dotted } from "../../../words/joined.ts";
import { type RenewalText, renewalText } from "../../../words/renewal/renewal-text.ts";
import { wayOnTexts } from "../../../words/renewal/way-on.ts";
import { sentences } from "../../../words/values.ts";
import { context, header, LIMITS, openLines } from "../../kit/blocks.ts";
import { type ChannelMessage, COLOURS } from "../../kit/channel-message.ts";
import { callsTo } from "../../kit/mention.ts";
import { cutTo } from "../../kit/mrkdwn.ts";
import { inSlack, slackHeadline } from "../../kit/spans.ts";
import { renewalButtons } from "./buttons.ts";

/**
 * The message of a renewal, built anew for each edit: what happens, the progress and what people must do, the checklist,
 * the buttons, and the facts in small print. It never holds a token. A refresh that could not begin shortly before the
 * end mentions the owner.
 * @param offered the actions that have a button now
 * @param inTerminal the actions that are possible only in a terminal, because renewals from Slack are off
 */
export function renewalMessage(
  renewal: Renewal,
  offered: readonly RenewalAction[],
  timezone: string,
  inTerminal: readonly RenewalAction[] = [],
): ChannelMessage {
  const text = renewalText(renewal, offered);
  const say = inSlack(timezone);
  const calls = isUrgent(renewal) ? [callsTo([renewal.card.owner]).trim()].filter(Boolean) : [];
  const wayOn = wayOnTexts(renewal, offered, inTerminal);
  const now = [
    ...calls,
    ...[text.progress, ...text.current, ...wayOn, text.expiry].filter((line) => line.length > 0).map(say),
  ];
  const checklist = text.checklist.map(say);
  const small = [dotted(...text.facts), sentences(...text.times)].map(say);
  return {
    text: cutTo([say(text.headline), ...now, ...checklist, ...small].join("\n"), LIMITS.messageText),
    blocks: [header(slackHeadline(text.headline)), ...openLines(now), ...openLines(checklist)],
    attachments: [
      attachment(text.sign, slackHeadline(text.headline), [
        ...renewalButtons(renewal, offered),
        ...small.map((line) => context(line)),
      ]),
    ],
  };
}

/** The colour only repeats the sign of the headline. */
const BARS: Readonly<Partial<Record<RenewalText["sign"], string>>> = {
  open: COLOURS.warning,
  failed: COLOURS.warning,
  critical: COLOURS.critical,
  done: COLOURS.over,
};

/** The part beside the colour bar: the buttons, then the small print. */
function attachment(sign: RenewalText["sign"], fallback: string, blocks: readonly KnownBlock[]): MessageAttachment {
  const color = BARS[sign];
  return { ...(color === undefined ? {} : { color }), fallback, blocks: [...blocks] };
}
