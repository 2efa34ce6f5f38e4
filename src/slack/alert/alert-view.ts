import type { MessageAttachment } from "@slack/types";
import type { Alert } from "../../watch/alert.ts";
import { context, fields, openLines } from "../blocks.ts";
import { type ChannelMessage, COLOURS } from "../channel-message.ts";
import { bold, literal } from "../mrkdwn.ts";
import { fingerprintText } from "../token-text.ts";
import { alertCalls, alertLines, alertWords, type AlertWords } from "./alert-text.ts";
import { alertButtons } from "./buttons.ts";

const LONGEST_VALUE = 400;
const LONGEST_NAME = 100;

const field = (label: string, value: string): string => `${bold(label)}\n${value}`;

/** What only who repairs it needs, beside the facts of the text: which value of the token, and where it is read. */
const detailFields = ({ card, verdict }: Alert): readonly string[] => [
  ...(verdict?.token ? [field("Token", literal(fingerprintText(verdict.token), LONGEST_VALUE))] : []),
  field("Read from", literal(card.source, LONGEST_VALUE)),
];

/** Beside the colour bar: the facts in two columns, on what it rests, and what people can do. */
export const alertAttachment = (alert: Alert, { facts, times }: AlertWords): MessageAttachment => ({
  color: alert.resolvedAt === null ? COLOURS[alert.severity] : COLOURS.over,
  fallback: `Details of ${literal(alert.card.name, LONGEST_NAME)}`,
  blocks: [
    ...fields([...facts.map(({ label, value }) => field(label, value)), ...detailFields(alert)]),
    context(...times),
    ...alertButtons(alert),
  ],
});

/** The one message of an alert, built anew for each edit. */
export const alertMessage = (alert: Alert, timezone: string): ChannelMessage => {
  const words = alertWords(alert, timezone);
  const calls = alertCalls(alert);
  const [first, ...rest] = [...words.what, ...words.todo, ...words.responses];
  return {
    text: `${calls}${alertLines(alert, timezone).join("\n")}`,
    blocks: openLines([`${calls}${first}`, ...rest]),
    attachments: [alertAttachment(alert, words)],
  };
};
