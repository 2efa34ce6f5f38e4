import type { KnownBlock, MessageAttachment } from "@slack/types";
import type { Spans } from "../../../guide/rich-text.ts";
import type { Alert } from "../../../alert/alert.ts";
import { calledPeople } from "../../../words/alert-facts.ts";
import { type AlertText, alertText } from "../../../words/alert-text.ts";
import { dotted } from "../../../words/joined.ts";
import { sentences } from "../../../words/values.ts";
import { context, header, LIMITS, openLines } from "../../kit/blocks.ts";
import { type ChannelMessage, COLOURS } from "../../kit/channel-message.ts";
import { callsTo } from "../../kit/mention.ts";
import { cutTo } from "../../kit/mrkdwn.ts";
import { inSlack, slackHeadline } from "../../kit/spans.ts";
import { alertButtons } from "./buttons.ts";

/** How an alert appears inside a message that is not its own. */
export interface Elsewhere {
  /** Why the alert appears there, one line for each reason. */
  readonly why: readonly Spans[];
  /** True when `why` links to the alert's own message, which has the steps and the facts. */
  readonly isBrief?: boolean;
}

/**
 * One alert as a message, built anew for each edit. First come the event, its impact and the people to notify. The
 * steps, the buttons, and the facts and evidence in small print follow.
 * @param renews true when renewals from Slack are on
 */
export function alertMessage(alert: Alert, timezone: string, elsewhere?: Elsewhere, renews = false): ChannelMessage {
  const text = alertText(alert, renews);
  const calls = callsTo(calledPeople(alert)).trim();
  const say = inSlack(timezone);
  const isBrief = elsewhere?.isBrief === true;
  const steps = isBrief ? [] : text.steps;
  const small = isBrief ? [] : [dotted(...text.facts), sentences(...text.times)].filter((line) => line.length > 0);
  const problem = [
    [say(text.impact), calls].filter(Boolean).join(" "),
    ...[...(elsewhere?.why ?? []), ...text.cause].map(say),
  ].filter(Boolean);
  const parts = [problem, steps.map(say), text.responses.map(say)];
  return {
    text: cutTo([say(text.headline), ...parts.flat(), ...small.map(say)].join("\n"), LIMITS.messageText),
    blocks: [header(slackHeadline(text.headline)), ...parts.flatMap(openLines)],
    attachments: [attachment(alert, text, small.map(say), renews)],
  };
}

/** The part beside the colour bar: the buttons, then the small print. */
function attachment(
  alert: Alert,
  { standing, headline }: AlertText,
  small: readonly string[],
  renews: boolean,
): MessageAttachment {
  const blocks: readonly KnownBlock[] = [...alertButtons(alert, renews), ...small.map((line) => context(line))];
  return { color: COLOURS[standing], fallback: slackHeadline(headline), blocks: [...blocks] };
}
