import { groupReplyText } from "../../src/slack/messages/group/reply-view.ts";
import { messageView } from "../../src/slack/messages/message-view.ts";
import { NEVER } from "../../src/token/expiry.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { groupReply } from "../../src/outbox/group-reply.ts";
import type { Delivery, Owed } from "../../src/outbox/message.ts";
import { plainMrkdwn } from "./plain-slack.ts";
import {
  alertOf,
  answered,
  away,
  HOME,
  live,
  minutes,
  RULES,
  shown,
  type Story,
  withoutLinks,
  WORKSPACE,
} from "./story-alerts.ts";
import { after, CARD, dead, seen } from "./story-facts.ts";

// One cause behind the alerts of many watches: the message of the group, and the replies in its thread.

const CONSUMERS: Readonly<Record<string, readonly string[]>> = {
  "orders-prod": ["checkout", "crm"],
  "invoices-prod": ["billing"],
  "support-prod": ["help desk"],
  "delivery-prod": ["courier app"],
  "orders-staging": [],
  "support-staging": [],
};

/** A watch with each of these names has the same problem. */
const each = (names: readonly string[], verdicts: readonly Verdict[]): readonly Story[] =>
  names.map((name) => {
    const consumers = CONSUMERS[name] ?? [];
    const card = { ...CARD, name, oncall: "S0123456789", consumers, phoneNumberId: undefined };
    return live(verdicts, undefined, { ...RULES, card, newId: () => name });
  });

/** The group's message, with the changes that Slack does not have yet. */
const groupOf = (stories: readonly Story[], owed: readonly Owed[] = []): Delivery => {
  const alerts = stories.map(alertOf);
  const [first] = alerts;
  if (first === undefined) throw new Error("a group has members");
  const { card, openedAt } = first;
  return {
    message: {
      id: "group",
      kind: "group",
      subject: "cause",
      routes: [card.channel],
      ref: HOME,
      createdAt: openedAt,
      spokeAt: after(1),
      failures: 0,
    },
    alerts: alerts.map((alert) => ({ alert, as: "home", home: HOME })),
    body: null,
    renewal: null,
    owed,
  };
};

const messageOf = (stories: readonly Story[]): string => shown(messageView(groupOf(stories), "UTC", WORKSPACE));

const names = Object.keys(CONSUMERS);
const revocation = dead(after(1), { code: 190, subcode: 466, message: "" }, { expiry: NEVER });
const working = seen(after(1.1), { expiry: NEVER, token: { fingerprint: "ba9876543210", tail: "wxyz9876" } });

const revoked = each(names, [revocation]);
const fixed = each(names, [revocation, working]);
const unreachable = each(
  names,
  [0, 30, 61].map((minute) => away(minutes(minute))),
);

/** Two alerts are fixed and one is acknowledged. */
const later: readonly Story[] = [
  ...fixed.slice(0, 2),
  ...revoked.slice(2, 3).map((story) => answered(story, { kind: "acknowledge" }, after(1.05))),
  ...revoked.slice(3),
];

/** The text of the last change. */
const wordsOf = (story: Story): readonly Owed[] => {
  const { id, revision } = alertOf(story);
  return story.words.map((word) => ({ ...rowOf(story, word.reason), id: `${id}/${revision}/${word.reason}`, word }));
};

const rowOf = (story: Story, what: Owed["what"]): Owed => {
  const { id, revision } = alertOf(story);
  const row = { id: `${id}/${revision}/${what}`, alert: id, revision, what, priority: 1, at: after(1.1) } as const;
  return { ...row, notice: false, reply: null, entry: null, toldElsewhere: false };
};

const replyOf = (stories: readonly Story[], owed: readonly Owed[]): string => {
  const reply = groupReply(groupOf(stories, owed), after(1.1), RULES.repeatCriticalMs);
  if (reply === undefined) throw new Error("the group owes no reply");
  return plainMrkdwn(withoutLinks(groupReplyText(reply, "UTC")));
};

/** By the heading in docs/message-samples.md. */
export const groupStories: Readonly<Record<string, string>> = {
  "One cause, many tokens": messageOf(revoked),
  "Some alerts fixed or acknowledged": messageOf(later),
  "Meta does not answer": messageOf(unreachable),
  Closed: messageOf(fixed),
  // The last alert has joined the group.
  "Reply in the thread": replyOf(later, [
    ...later.slice(0, -1).flatMap(wordsOf),
    ...later.slice(-1).map((story) => rowOf(story, "joined")),
  ]),
};
