import { messageView } from "../../src/slack/messages/message-view.ts";
import { NEVER } from "../../src/token/expiry.ts";
import { afterFailure } from "../../src/outbox/after-failure.ts";
import type { Alert } from "../../src/alert/alert.ts";
import { buildDigestTable } from "../../src/watch/digest-rows.ts";
import type { Delivery, MessageBody, NewMessage } from "../../src/outbox/message.ts";
import type { WatchRecord } from "../../src/watch/ports.ts";
import {
  alertOf,
  escalated,
  expired,
  expiringLater,
  expiringSoon,
  HOME,
  live,
  reminded,
  replacedLater,
  RULES,
  shown,
  takenOver,
  type Story,
  WORKSPACE,
} from "./story-alerts.ts";
import { after, seen } from "./story-facts.ts";

// Lists and reports. The real rules and views create them.

const messageOf = (
  { id, kind, routes, body, at }: Omit<NewMessage, "kind"> & Pick<Delivery["message"], "kind">,
  alerts: readonly Alert[],
): string => {
  const message = { id, kind, routes, subject: null, ref: null, createdAt: at, spokeAt: null, failures: 0 };
  const mentions = alerts.map((alert) => ({ alert, as: "mention", home: HOME }) as const);
  return shown(messageView({ message, alerts: mentions, body, renewal: null, owed: [] }, "UTC", WORKSPACE));
};

const lastOf = (story: Story): string => {
  const message = story.messages.at(-1);
  if (message === undefined) throw new Error("the story sent no message");
  return messageOf(message, [alertOf(story)]);
};

/** The alert's channel refuses the alert a second time. */
const refused = (alert: Alert): string => {
  const { id, revision, card } = alert;
  const row = { id: "joined", alert: id, revision, what: "joined", priority: 1, at: after(30.1) } as const;
  const message = { id: "own", kind: "alert", subject: id, routes: [card.channel], ref: null } as const;
  const delivery: Delivery = {
    message: { ...message, createdAt: after(30.1), spokeAt: null, failures: 1 },
    alerts: [{ alert, as: "home", home: null }],
    body: null,
    renewal: null,
    owed: [{ ...row, notice: false, reply: null, entry: null, toldElsewhere: false }],
  };
  const error = "not_in_channel (invite the bot to the channel)";
  const rules = { fallbackChannel: "C0444444444", newId: () => "fallback" };
  const next = afterFailure(delivery, { kind: "refused", error }, error, after(30.11), rules);
  const [fallback] = next.kind === "retry" ? next.messages : [];
  if (fallback === undefined) throw new Error("no fallback message");
  return messageOf(fallback, [alert]);
};

const report = (body: Extract<MessageBody, { kind: "absence" | "digest" }>, at: Date): string =>
  messageOf({ id: "report", kind: body.kind, routes: ["C0123456789"], body, alerts: [], severity: "warning", at }, []);

/** Reminders for several watches of one channel, as the courier gathers them. */
const gathered = (stories: readonly Story[]): string =>
  messageOf(
    {
      id: "reminders",
      kind: "reminders",
      routes: ["C0123456789"],
      body: null,
      alerts: [],
      severity: "critical",
      at: after(31.2),
    },
    stories.map(alertOf),
  );

const named = (name: string, fields: Partial<Alert["card"]> = {}): Story => {
  const card = { ...RULES.card, name, ...fields };
  const { state, ...rest } = reminded;
  return { ...rest, state: { ...state, alert: { ...alertOf(reminded), id: name, card } } };
};

const away = { kind: "absence", from: after(22.8), to: after(23), watches: 3 } as const;

const record = (name: string, { state }: Story, at: Date): WatchRecord => ({
  name,
  state,
  checkedAt: at,
  nextDueAt: at,
  owed: false,
  undelivered: null,
});

const monday = after(22 + 1 / 24);
const unended = live([
  seen(after(22), {
    expiry: NEVER,
    issuedAt: after(-400),
    scopes: ["whatsapp_business_messaging", "whatsapp_business_management", "business_management"],
  }),
]);
const digest = buildDigestTable(monday);
digest.add([record("orders-prod", expiringLater, monday), record("support-staging", unended, monday)]);

/** Messages that show alerts of other messages, by the heading in docs/message-samples.md. */
export const listStories: Readonly<Record<string, string>> = {
  "Nobody responded, sent to ESCALATE_TO": lastOf(escalated),
  "Nobody responded, then somebody took over": lastOf(takenOver),
  "Nobody responded, then somebody took over and fixed the problem": lastOf(replacedLater),
  "Several reminders": gathered([named("orders-prod"), named("invoices-prod"), named("support-prod")]),
  "A channel refuses, sent to FALLBACK_CHANNEL or the owner": refused(alertOf(expired)),
};

/** Messages that the bot does not edit later, by the heading in docs/message-samples.md. */
export const reportStories: Readonly<Record<string, string>> = {
  "Back after an absence": report({ ...away, missed: expiringSoon.history.slice(-1), more: 0 }, after(23)),
  "Back after an absence, without changes": report({ ...away, missed: [], more: 0 }, after(23)),
  Digest: report({ kind: "digest", ...digest.table({ renewed: [], fleets: [] }) }, monday),
};
