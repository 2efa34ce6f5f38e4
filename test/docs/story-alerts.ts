import type { ChannelMessage } from "../../src/slack/channel-message.ts";
import { NEVER } from "../../src/token/expiry.ts";
import type { Inspection, InspectionFailure } from "../../src/token/inspection.ts";
import { judge } from "../../src/token/judge.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { type Alert, NEW_WATCH, type WatchState } from "../../src/watch/alert.ts";
import type { HistoryEntry } from "../../src/watch/history.ts";
import type { Note } from "../../src/watch/note.ts";
import type { AlertChange } from "../../src/watch/ports.ts";
import { acknowledge, snooze } from "../../src/watch/respond.ts";
import type { AlertRules } from "../../src/watch/alert-rules.ts";
import { transition, unwatch } from "../../src/watch/transition.ts";
import { plainMrkdwn, plainSlack } from "./plain-slack.ts";
import { after, CARD, dead, POLICY, REACHED, seen } from "./story-facts.ts";

// What happens to the watch orders-prod in the documents' samples, by the real rules.

/** How things stand, with what was left behind on the way there, oldest first. */
export interface Story {
  readonly state: WatchState;
  readonly history: readonly HistoryEntry[];
  readonly notes: readonly Note[];
}

export const RULES: AlertRules = {
  card: CARD,
  policy: POLICY,
  unknownAfterMs: 3_600_000,
  repeatCriticalMs: 14_400_000,
  escalation: { routes: [], afterMs: 3_600_000, newId: () => "note-1" },
  newId: () => "story",
};

/** The same with somebody who comes next. */
const ESCALATING: AlertRules = { ...RULES, escalation: { ...RULES.escalation, routes: ["C0555555555"] } };

const BEGINNING: Story = { state: NEW_WATCH, history: [], notes: [] };

/** What follows from these verdicts, each at its own time. */
export const live = (verdicts: readonly Verdict[], before: Story = BEGINNING, rules: AlertRules = RULES): Story =>
  verdicts.reduce<Story>((story, verdict) => {
    const { state, history, notes } = transition(story.state, verdict, verdict.checkedAt, rules);
    return { state, history: [...story.history, ...history], notes: [...story.notes, ...notes] };
  }, before);

export const alertOf = ({ state }: Story): Alert => {
  if (state.alert === null) throw new Error("the story has no alert");
  return state.alert;
};

/** The same after somebody answered. */
export const answered = (story: Story, answer: (alert: Alert) => AlertChange | undefined): Story => {
  const change = answer(alertOf(story));
  if (change === undefined) throw new Error("the answer changed nothing");
  return {
    state: { ...story.state, alert: change.alert },
    history: [...story.history, ...change.history],
    notes: [...story.notes, ...change.notes],
  };
};

/** The same after its watch left the watchlist. */
export const left = (story: Story): Story => answered(story, (alert) => unwatch(alert, after(2), RULES.escalation));

/** The words of a message and its buttons; the details between them are not repeated. */
export const shown = ({ text, attachments }: ChannelMessage): string => {
  const buttons = attachments.flatMap(({ blocks = [] }) => blocks).filter(({ type }) => type === "actions");
  return `${plainMrkdwn(text)}\n${plainSlack(buttons)}`.trim();
};

export const notAnswered = (at: Date, failure: Omit<InspectionFailure, "retryAfterMs" | "evidence">): Verdict =>
  judge({ ok: false, failure: { ...failure, retryAfterMs: null, evidence: null }, token: null }, POLICY, at);

export const away = (at: Date): Verdict =>
  notAnswered(at, {
    kind: "unreachable",
    message:
      "GET /debug_token was not answered within 5 s. This says nothing about the token; it is asked again at the next check.",
  });

export const minutes = (count: number): Date => after(count / 1_440);

/** Slack id of another person than the owner. */
export const COLLEAGUE = "U0987654321";

const EXPIRED = { code: 190, subcode: 463, message: "Session has expired" } as const;

const healthy = live([seen(after(-5))]);
export const expiringSoon = live([seen(after(23))], healthy);
/** In good time for the Monday before that. */
export const expiringLater = live([seen(after(16)), seen(after(22))], healthy);
export const lastThreshold = live([seen(after(29.5))], expiringSoon);
export const expired = live([dead(after(30.1), EXPIRED)], lastThreshold);
export const acknowledged = answered(expired, (alert) => acknowledge(alert, COLLEAGUE, after(30.2), RULES.escalation));
export const snoozed = answered(expiringSoon, (alert) =>
  snooze(alert, { by: COLLEAGUE, until: after(26), reason: "the new token is ordered" }, after(23.1), RULES.escalation),
);

/** Nobody answers for an hour. */
export const escalated = live([dead(after(30.15), EXPIRED)], expired, ESCALATING);
export const takenOver = answered(escalated, (alert) =>
  acknowledge(alert, COLLEAGUE, after(30.2), ESCALATING.escalation),
);

/** Nobody answers for longer than the repeat interval. */
export const reminded = live([dead(after(31.2), EXPIRED)], expired);

const REPLACEMENT: Partial<Inspection> = {
  token: { fingerprint: "ba9876543210", tail: "wxyz9876" },
  issuedAt: after(30.5),
  expiry: NEVER,
  assets: REACHED,
};
export const replaced = live([seen(after(30.6), REPLACEMENT)], acknowledged);
