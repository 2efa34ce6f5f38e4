import type { Alert, Reply } from "../../src/alert/alert.ts";
import { type Delivery, type Message, type MessageKind, type Owed, type Shown } from "../../src/outbox/message.ts";
import { aCard, aFinding, anAlert, aVerdict, NOW } from "../support/builders.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const aWord = (fields: Partial<Reply> = {}): Reply => ({
  reason: "worse",
  at: NOW,
  notice: false,
  verdict: null,
  by: null,
  ...fields,
});

/** A critical alert in a channel. Other alerts there may have the same cause. */
export const aRevoked = (id: string, fields: Partial<Alert> = {}): Alert =>
  anAlert({
    id,
    card: aCard({ name: id, channel: "C1" }),
    verdict: aVerdict({ findings: [aFinding("revoked")] }),
    severity: "critical",
    ...fields,
  });

const PLAIN: ReadonlySet<string> = new Set(["content", "joined", "left"]);

/** `<alert> <revision> <what>`, for example "a 2 worse". `fields` override the defaults. */
export const owes = (text: string, fields: Partial<Owed> = {}): Owed => {
  const [alert = "", revision = "1", what = "content"] = text.split(" ");
  const at = new Date(NOW.getTime() + Number(revision) * 1_000);
  const reason = what as Reply["reason"];
  const notice = fields.notice ?? what === "reminder";
  return {
    id: `${alert}/${revision}/${what}`,
    alert: alert === "-" ? null : alert,
    revision: Number(revision),
    what: what as Owed["what"],
    priority: 1,
    at,
    notice,
    reply: PLAIN.has(what) ? null : aWord({ reason, at, notice }),
    entry: null,
    toldElsewhere: false,
    ...fields,
  };
};

export const lives = (alert: Alert): Shown => ({ alert, as: "home", home: null });
export const left = (alert: Alert): Shown => ({ alert, as: "former", home: null });
export const mentioned = (alert: Alert): Shown => ({ alert, as: "mention", home: { channel: "C1", ts: "1.0" } });

export const aMessage = (kind: MessageKind, fields: Partial<Message> = {}): Message => ({
  id: "m",
  kind,
  subject: null,
  routes: ["C1"],
  ref: { channel: "C1", ts: "9.0" },
  createdAt: NOW,
  spokeAt: NOW,
  failures: 0,
  ...fields,
});

export const aDelivery = (
  message: Message,
  alerts: readonly Shown[],
  owed: readonly Owed[],
  body: Delivery["body"] = null,
  renewal: Delivery["renewal"] = null,
): Delivery => ({ message, alerts, body, renewal, owed });
