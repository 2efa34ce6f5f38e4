import { groupMessage } from "../../src/slack/group/group-view.ts";
import { groupReplyText } from "../../src/slack/group/reply-view.ts";
import { NEVER } from "../../src/token/expiry.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import type { Alert } from "../../src/watch/alert.ts";
import { causeOf } from "../../src/watch/cause.ts";
import { groupReply } from "../../src/watch/group-reply.ts";
import type { Group, GroupMember } from "../../src/watch/group.ts";
import { acknowledge } from "../../src/watch/respond.ts";
import { plainMrkdwn } from "./plain-slack.ts";
import { alertOf, answered, away, COLLEAGUE, live, minutes, RULES, shown, type Story } from "./story-alerts.ts";
import { after, CARD, dead, seen } from "./story-facts.ts";

// One cause behind the alerts of many watches: the one message that shows them, and what its thread is told.

const CONSUMERS: Readonly<Record<string, readonly string[]>> = {
  "orders-prod": ["checkout", "crm"],
  "invoices-prod": ["billing"],
  "support-prod": ["help desk"],
  "delivery-prod": ["courier app"],
  "orders-staging": [],
  "support-staging": [],
};

/** The same happens to a watch of each of these names. */
const each = (names: readonly string[], verdicts: readonly Verdict[]): readonly Story[] =>
  names.map((name) => {
    const consumers = CONSUMERS[name] ?? [];
    const card = { ...CARD, name, oncall: "S0123456789", consumers, phoneNumberId: undefined };
    return live(verdicts, undefined, { ...RULES, card, newId: () => name });
  });

const groupOf = (stories: readonly Story[]): Group => {
  const [first] = stories;
  if (first === undefined) throw new Error("a group has members");
  const { card, openedAt } = alertOf(first);
  return {
    id: "group",
    cause: causeOf(alertOf(first)) ?? "none",
    channel: card.channel,
    openedAt,
    spokeAt: after(1),
  };
};

const messageOf = (group: Group, stories: readonly Story[]): string =>
  shown(groupMessage(group, stories.map(alertOf), "UTC"));

const names = Object.keys(CONSUMERS);
const revocation = dead(after(1), { code: 190, subcode: 466, message: "" }, { expiry: NEVER });
const working = seen(after(1.1), { expiry: NEVER, token: { fingerprint: "ba9876543210", tail: "wxyz9876" } });

const revoked = each(names, [revocation]);
const group = groupOf(revoked);
const fixed = each(names, [revocation, working]);
const unreachable = each(
  names,
  [0, 30, 61].map((minute) => away(minutes(minute))),
);

/** Two of them are fixed and one is acknowledged. */
const later: readonly Story[] = [
  ...fixed.slice(0, 2),
  ...revoked
    .slice(2, 3)
    .map((story) => answered(story, (alert) => acknowledge(alert, COLLEAGUE, after(1.05), RULES.escalation))),
  ...revoked.slice(3),
];

/** One that the message shows already, and one that has joined since. */
const told = (alert: Alert): GroupMember => ({ alert, deliveredRevision: 1, repliedRevision: 1, fallbackRevision: 0 });
const untold = (alert: Alert): GroupMember => ({
  alert,
  deliveredRevision: 0,
  repliedRevision: 0,
  fallbackRevision: 0,
});

const replyOf = (members: readonly GroupMember[]): string => {
  const reply = groupReply({ group, members }, after(1.1), RULES.repeatCriticalMs);
  if (reply === undefined) throw new Error("the group owes no reply");
  return plainMrkdwn(groupReplyText(reply, "UTC"));
};

/** By the heading under which docs/operations.md shows it. */
export const groupStories: Readonly<Record<string, string>> = {
  "One cause, many tokens": messageOf(group, revoked),
  "Some of them answered": messageOf(group, later),
  "Meta does not answer": messageOf(groupOf(unreachable), unreachable),
  Over: messageOf(group, fixed),
  "Reply in the thread": replyOf([
    ...later.slice(0, -1).map((story) => told(alertOf(story))),
    ...later.slice(-1).map((story) => untold(alertOf(story))),
  ]),
};
