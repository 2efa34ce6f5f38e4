import type { Alert } from "../../../src/alert/alert.ts";
import type { Delivery, Message, MessageBody, MessageRef } from "../../../src/outbox/message.ts";
import { after } from "../../support/builders.ts";

const HOUR = 3_600_000;

/** Where the workspace of the tests is found. */
export const WORKSPACE = "https://acme.slack.com/";

/** Where a message of the tests stands. */
export const REF: MessageRef = { channel: "C0ALERTS", ts: "1700000000.000100" };

/** A message that was made an hour after `NOW` and that Slack does not have. */
export const aMessage = (fields: Partial<Message> = {}): Message => ({
  id: "message-1",
  kind: "alert",
  subject: null,
  routes: ["C0ONCALL"],
  ref: null,
  createdAt: after(HOUR),
  spokeAt: null,
  failures: 0,
  ...fields,
});

/** An alert's own message. */
export const anAlertDelivery = (alert: Alert, fields: Partial<Message> = {}): Delivery => ({
  message: aMessage({ subject: alert.id, routes: [alert.card.channel], ...fields }),
  alerts: [{ alert, as: "home", home: null }],
  body: null,
  renewal: null,
  owed: [],
});

/** The message that these alerts live in together. */
export const aGroupDelivery = (alerts: readonly Alert[], fields: Partial<Message> = {}): Delivery => ({
  message: aMessage({ kind: "group", subject: "cause", ...fields }),
  alerts: alerts.map((alert) => ({ alert, as: "home", home: null })),
  body: null,
  renewal: null,
  owed: [],
});

/** A message that names alerts which live elsewhere. */
export const aList = (
  kind: "escalation" | "fallback" | "reminders",
  alerts: readonly Alert[],
  fields: Partial<Pick<Delivery, "body">> & { readonly homes?: readonly (MessageRef | null)[] } = {},
): Delivery => ({
  message: aMessage({ kind }),
  alerts: alerts.map((alert, index) => ({ alert, as: "mention", home: fields.homes?.[index] ?? null })),
  body: fields.body ?? null,
  renewal: null,
  owed: [],
});

/** A message without alerts. */
export const aReport = (body: Extract<MessageBody, { readonly kind: "digest" | "absence" }>): Delivery => ({
  message: aMessage({ kind: body.kind }),
  alerts: [],
  body,
  renewal: null,
  owed: [],
});
