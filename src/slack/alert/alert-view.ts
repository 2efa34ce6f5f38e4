import type { MessageAttachment } from "@slack/types";
import type { Verdict } from "../../token/verdict.ts";
import type { Alert } from "../../watch/alert.ts";
import { fields } from "../blocks.ts";
import { bold, listed, literal } from "../mrkdwn.ts";
import { fingerprintText } from "../token-text.ts";
import { callText } from "../verdict/evidence.ts";
import { alertLines } from "./alert-text.ts";
import { alertButtons } from "./buttons.ts";

/** A channel message: the words, and beside the colour bar the details and the buttons. */
export interface AlertMessage {
  readonly text: string;
  readonly attachments: readonly MessageAttachment[];
}

/** Colour only repeats what the first word says. */
const COLOURS = { critical: "#d72b3f", warning: "#daa038", resolved: "#2eb67d" } as const;

/** Beside six fields, each in full, the words of the alert must still find room. */
const LONGEST_VALUE = 1_500;

const LONGEST_ITEM = 100;

const field = (label: string, value: string): string => `${bold(label)}\n${literal(value, LONGEST_VALUE)}`;

const listField = (label: string, values: readonly string[]): string =>
  `${bold(label)}\n${listed(
    values.map((value) => literal(value, LONGEST_ITEM)),
    LONGEST_VALUE,
  )}`;

/** The call that the shown state rests on; its time stands in the words. */
const evidenceField = ({ evidence }: Verdict): string =>
  `${bold("Evidence")}\n${evidence === null ? "the shape of the value; no call was made" : callText(evidence)}`;

const detailFields = (alert: Alert): readonly string[] => {
  const { card, verdict } = alert;
  const phone = verdict?.assets.find((asset) => asset.kind === "phone");
  const account = verdict?.assets.find((asset) => asset.kind === "waba");
  const named = (id: string | undefined, name: string | null | undefined): string | undefined =>
    id === undefined ? undefined : name === null || name === undefined ? id : `${name} (${id})`;
  const phoneText = named(card.phoneNumberId, phone?.name);
  const accountText = named(card.whatsappBusinessAccountId, account?.name);
  return [
    ...(verdict?.token ? [field("Token", fingerprintText(verdict.token))] : []),
    field("Read from", card.source),
    ...(phoneText === undefined ? [] : [field("Phone number", phoneText)]),
    ...(accountText === undefined ? [] : [field("WhatsApp account", accountText)]),
    ...(card.consumers.length === 0 ? [] : [listField("Used by", card.consumers)]),
    ...(verdict === null ? [] : [evidenceField(verdict)]),
  ];
};

const mention = (alert: Alert): string =>
  alert.card.owner !== undefined && alert.severity === "critical" && alert.resolvedAt === null
    ? `<@${alert.card.owner}> `
    : "";

/** The one message of an alert, built anew for each edit. */
export const alertMessage = (alert: Alert, timezone: string): AlertMessage => {
  const colour = alert.resolvedAt === null ? COLOURS[alert.severity] : COLOURS.resolved;
  return {
    text: `${mention(alert)}${alertLines(alert, timezone).join("\n")}`,
    attachments: [
      {
        color: colour,
        fallback: `Details of ${literal(alert.card.name, LONGEST_ITEM)}`,
        blocks: [...fields(detailFields(alert)), ...alertButtons(alert)],
      },
    ],
  };
};
