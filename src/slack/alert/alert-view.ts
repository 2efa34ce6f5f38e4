import type { KnownBlock, MessageAttachment } from "@slack/types";
import { fingerprintText } from "../token-text.ts";
import type { Alert } from "../../watch/alert.ts";
import { cutTo, escapeMrkdwn } from "../mrkdwn.ts";
import { alertLines } from "./alert-text.ts";

/** A channel message: the words, and beside the colour bar the details. */
export interface AlertMessage {
  readonly text: string;
  readonly attachments: readonly MessageAttachment[];
}

/** Colour only repeats what the first word says. */
const COLOURS = { critical: "#d72b3f", warning: "#daa038", resolved: "#2eb67d" } as const;

const FIELD_LIMIT = 2_000;

const field = (label: string, value: string): string => cutTo(`*${label}*\n${escapeMrkdwn(value)}`, FIELD_LIMIT);

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
    ...(card.consumers.length === 0 ? [] : [field("What stops when it dies", card.consumers.join(", "))]),
  ];
};

const mention = (alert: Alert): string =>
  alert.card.owner !== undefined && alert.severity === "critical" && alert.resolvedAt === null
    ? `<@${alert.card.owner}> `
    : "";

/** The one message of an alert, built anew for each edit. */
export const alertMessage = (alert: Alert, timezone: string): AlertMessage => {
  const blocks: KnownBlock[] = [
    { type: "section", fields: detailFields(alert).map((text) => ({ type: "mrkdwn", text })) },
  ];
  const colour = alert.resolvedAt === null ? COLOURS[alert.severity] : COLOURS.resolved;
  return {
    text: `${mention(alert)}${alertLines(alert, timezone).join("\n")}`,
    attachments: [{ color: colour, fallback: `Details of ${alert.card.name}`, blocks }],
  };
};
