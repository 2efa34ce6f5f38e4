import type { ChannelMessage } from "../../src/slack/kit/channel-message.ts";
import { NEVER } from "../../src/token/expiry.ts";
import type { Inspection, InspectionFailure } from "../../src/token/inspection.ts";
import { judge } from "../../src/token/judge.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { type Alert, NEW_WATCH, type WatchState, type Reply } from "../../src/alert/alert.ts";
import type { HistoryEntry } from "../../src/alert/history.ts";
import type { MessageRef, NewMessage } from "../../src/outbox/message.ts";
import type { AlertChange } from "../../src/alert/alert-change.ts";
import { type Action, respond } from "../../src/alert/respond.ts";
import type { AlertRules } from "../../src/alert/alert-rules.ts";
import { transition, resolveRemoved } from "../../src/alert/transition.ts";
import { plainMrkdwn, plainSlack } from "./plain-slack.ts";
import { after, CARD, dead, POLICY, REACHED, seen } from "./story-facts.ts";

// The events of the watch orders-prod in the documents' samples, by the real rules.

/** Slack ID of a person other than the owner. */
const COLLEAGUE = "U0987654321";

/** The current state, with the history that led to it, oldest first. */
export interface Story {
  readonly state: WatchState;
  readonly history: readonly HistoryEntry[];
  readonly messages: readonly NewMessage[];
  /** The replies in the alert's thread. */
  readonly words: readonly Reply[];
}

export const RULES: AlertRules = {
  card: CARD,
  policy: POLICY,
  unknownAfterMs: 3_600_000,
  repeatCriticalMs: 14_400_000,
  escalation: { routes: [], afterMs: 3_600_000, newId: () => "escalation" },
  newId: () => "story",
};

/** The same with an escalation target. */
const ESCALATING: AlertRules = { ...RULES, escalation: { ...RULES.escalation, routes: ["C0555555555"] } };

const BEGINNING: Story = { state: NEW_WATCH, history: [], messages: [], words: [] };

/** The result of these verdicts, each at its own time. Slack accepts each message at once. */
export const live = (verdicts: readonly Verdict[], before: Story = BEGINNING, rules: AlertRules = RULES): Story =>
  verdicts.reduce<Story>((story, verdict) => {
    const { state, history, messages, replies: words } = transition(story.state, verdict, verdict.checkedAt, rules);
    const { alert } = state;
    const accepted = alert && { ...alert, acceptedAt: alert.acceptedAt ?? verdict.checkedAt };
    return {
      state: { ...state, alert: accepted },
      history: [...story.history, ...history],
      messages: [...story.messages, ...messages],
      words: [...story.words, ...words],
    };
  }, before);

export const alertOf = ({ state }: Story): Alert => {
  if (state.alert === null) throw new Error("the story has no alert");
  return state.alert;
};

const changed = (story: Story, change: AlertChange | undefined): Story => {
  if (change === undefined) throw new Error("nothing of the alert changed");
  return {
    state: { ...story.state, alert: change.alert },
    history: [...story.history, ...change.history],
    messages: [...story.messages, ...change.messages],
    words: [...story.words, ...change.replies],
  };
};

/** The same after a colleague of the owner responded. */
export const answered = (story: Story, deed: Action, at: Date): Story =>
  changed(story, respond(alertOf(story), COLLEAGUE, deed, at));

/** The same after the watch is removed from the watchlist. */
export const removed = (story: Story): Story => changed(story, resolveRemoved(alertOf(story), after(2)));

/** The text of a message and its buttons, without the details between them. */
export const shown = ({ text, attachments }: ChannelMessage): string => {
  const buttons = attachments.flatMap(({ blocks = [] }) => blocks).filter(({ type }) => type === "actions");
  return `${plainMrkdwn(withoutLinks(text))}\n${plainSlack(buttons)}`.trim();
};

/** The address of the stories' workspace. */
export const WORKSPACE = "https://acme.slack.com/";

/** The place of the alert's message in the stories. */
export const HOME: MessageRef = { channel: "C0123456789", ts: "1795334400.000100" };

/** The visible text of a link. */
export const withoutLinks = (text: string): string => text.replaceAll(/<https:[^|>]+\|([^>]+)>/g, "$1");

export const notAnswered = (at: Date, failure: Omit<InspectionFailure, "retryAfterMs" | "evidence">): Verdict =>
  judge({ ok: false, failure: { ...failure, retryAfterMs: null, evidence: null }, token: null }, POLICY, at);

export const away = (at: Date): Verdict =>
  notAnswered(at, {
    kind: "unreachable",
    message: "GET /debug_token was not answered in time.",
  });

export const minutes = (count: number): Date => after(count / 1_440);

const EXPIRED = { code: 190, subcode: 463, message: "Session has expired" } as const;

const healthy = live([seen(after(-5))]);
export const expiringSoon = live([seen(after(23))], healthy);
/** Early enough for the Monday before the expiry. */
export const expiringLater = live([seen(after(16)), seen(after(22))], healthy);
export const lastThreshold = live([seen(after(29.5))], expiringSoon);
export const expired = live([dead(after(30.1), EXPIRED)], lastThreshold);
export const acknowledged = answered(expired, { kind: "acknowledge" }, after(30.2));
export const snoozed = answered(
  expiringSoon,
  { kind: "snooze", until: after(26), reason: "the new token is ordered" },
  after(23.1),
);

/** Nobody responds for an hour. */
export const escalated = live([dead(after(30.15), EXPIRED)], expired, ESCALATING);
export const takenOver = answered(escalated, { kind: "acknowledge" }, after(30.2));

/** Nobody responds for longer than the repeat interval. */
export const reminded = live([dead(after(31.2), EXPIRED)], expired);

const REPLACEMENT: Partial<Inspection> = {
  token: { fingerprint: "ba9876543210", tail: "wxyz9876" },
  issuedAt: after(30.5),
  expiry: NEVER,
  assets: REACHED,
};
export const replaced = live([seen(after(30.6), REPLACEMENT)], acknowledged);
export const replacedLater = live([seen(after(30.6), REPLACEMENT)], takenOver);
