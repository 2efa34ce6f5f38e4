import { alertMessage } from "../../src/slack/alert/alert-view.ts";
import { alertButtons } from "../../src/slack/alert/buttons.ts";
import { replyText } from "../../src/slack/alert/reply-view.ts";
import { NEVER } from "../../src/token/expiry.ts";
import type { Inspection, InspectionFailure } from "../../src/token/inspection.ts";
import { judge } from "../../src/token/judge.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { type Alert, NEW_WATCH, type Reply, type WatchState } from "../../src/watch/alert.ts";
import type { AlertChange } from "../../src/watch/ports.ts";
import { acknowledge, snooze, unacknowledge, unsnooze } from "../../src/watch/respond.ts";
import { type AlertRules, transition, unwatch } from "../../src/watch/transition.ts";
import { plainMrkdwn, plainSlack } from "./plain-slack.ts";
import { after, CARD, dead, debugged, POLICY, seen } from "./story-facts.ts";

// The alerts that docs/operations.md and the README show, made by the real rules and the real texts.

const RULES: AlertRules = {
  card: CARD,
  policy: POLICY,
  unknownAfterMs: 3_600_000,
  repeatCriticalMs: 14_400_000,
  escalation: { routes: [], afterMs: 3_600_000, newId: () => "note-1" },
  newId: () => "story",
};

const notAnswered = (at: Date, failure: Omit<InspectionFailure, "retryAfterMs" | "evidence">): Verdict =>
  judge({ ok: false, failure: { ...failure, retryAfterMs: null, evidence: null }, token: null }, POLICY, at);

/** The state after these verdicts, each at its own time. */
const live = (verdicts: readonly Verdict[], before: WatchState = NEW_WATCH): WatchState =>
  verdicts.reduce((state, verdict) => transition(state, verdict, verdict.checkedAt, RULES).state, before);

const alertOf = (state: WatchState): Alert => {
  if (state.alert === null) throw new Error("the story has no alert");
  return state.alert;
};

/** The words and the buttons; the details between them are the same everywhere. */
const messageOf = (state: WatchState): string => {
  const alert = alertOf(state);
  return `${plainMrkdwn(alertMessage(alert, "UTC").text)}\n${plainSlack(alertButtons(alert))}`.trim();
};

/** The same after somebody answered. */
const answered = (state: WatchState, answer: (alert: Alert) => AlertChange | undefined): WatchState => {
  const change = answer(alertOf(state));
  if (change === undefined) throw new Error("the answer changed nothing");
  return { ...state, alert: change.alert };
};

/** The same after its watch left the watchlist. */
const left = (state: WatchState): WatchState => answered(state, (alert) => unwatch(alert, after(2), RULES.escalation));

const lastReplyOf = (state: WatchState): string => {
  const alert = alertOf(state);
  const reply: Reply | undefined = alert.replies.at(-1);
  if (reply === undefined) throw new Error("the story has no reply");
  return plainMrkdwn(replyText(alert, reply, "UTC"));
};

const away = (at: Date): Verdict =>
  notAnswered(at, {
    kind: "unreachable",
    message:
      "GET /debug_token was not answered within 5 s. This says nothing about the token; it is asked again at the next check.",
  });

const minutes = (count: number): Date => after(count / 1_440);

const expiringSoon = live([seen(after(23))]);
const lastDay = live([seen(after(29.5))], expiringSoon);
const expired = live([dead(after(30.1), { code: 190, subcode: 463, message: "Session has expired" })], lastDay);
const replacement: Partial<Inspection> = {
  token: { fingerprint: "ba9876543210", tail: "wxyz9876" },
  issuedAt: after(30.5),
  expiry: NEVER,
};
const scopeMissing = live([seen(after(1), { scopes: ["whatsapp_business_management"], expiry: NEVER })]);
const notReached = live([
  seen(after(1), {
    expiry: NEVER,
    assets: [
      {
        kind: "phone",
        id: "100000000002001",
        evidence: { ...debugged(after(1)), call: "GET /100000000002001", status: 400, code: 100, subcode: 33 },
        reach: "refused",
        error: {
          code: 100,
          subcode: 33,
          message: "(#100) Object does not exist, cannot be loaded due to missing permissions.",
        },
      },
    ],
  }),
]);
const blocked = live([
  seen(after(1), {
    expiry: NEVER,
    assets: [
      {
        kind: "phone",
        id: "100000000002001",
        evidence: { ...debugged(after(1)), call: "GET /100000000002001" },
        reach: "reached",
        name: "Example Shop",
        sending: "blocked",
        obstacles: ["There is a problem with the payment method (141006)."],
      },
    ],
  }),
]);
const revoked = live([dead(after(1), { code: 190, subcode: 466, message: "" }, { expiry: NEVER })]);
const invalid = live([
  dead(after(1), { code: 190, subcode: null, message: "" }, { expiry: { kind: "not_known" }, appId: null }),
]);
const notChecked = live([0, 30, 61].map((minute) => away(minutes(minute))));
const misconfigured = live(
  [0, 15].map((minute) =>
    notAnswered(minutes(minute), {
      kind: "misconfigured",
      message:
        "Meta refuses our app id or secret at GET /debug_token (code 190: Invalid OAuth access token signature.). This says nothing about the token; check META_APP_ID and META_APP_SECRET.",
    }),
  ),
);
const stale = live([minutes(1_455), minutes(1_485), minutes(1_516)].map(away), scopeMissing);

const COLLEAGUE = "U0987654321";
const acknowledged = answered(expired, (alert) => acknowledge(alert, COLLEAGUE, after(30.2), RULES.escalation));
const snoozed = answered(expiringSoon, (alert) =>
  snooze(alert, { by: COLLEAGUE, until: after(26), reason: "the new token is ordered" }, after(23.1), RULES.escalation),
);

/** What stands in the channel, by the heading under which docs/operations.md shows it. */
export const alertStories: Readonly<Record<string, string>> = {
  Expiring: messageOf(expiringSoon),
  "Expiring, last threshold": messageOf(lastDay),
  Expired: messageOf(expired),
  Revoked: messageOf(revoked),
  Invalid: messageOf(invalid),
  "Degraded: a permission is missing": messageOf(scopeMissing),
  "Degraded: the phone number is out of reach": messageOf(notReached),
  "Degraded: Meta blocks sending": messageOf(blocked),
  "Could not be checked": messageOf(notChecked),
  "Could not be checked: our own credential": messageOf(misconfigured),
  "Open, but not re-checked": messageOf(stale),
  Acknowledged: messageOf(acknowledged),
  Snoozed: messageOf(snoozed),
  "Fixed: replaced": messageOf(live([seen(after(30.6), replacement)], expired)),
  "Fixed: the same token works again": messageOf(live([seen(after(1.2), { expiry: NEVER })], scopeMissing)),
  "No longer watched": messageOf(left(scopeMissing)),
};

/** Replies in the alert's thread. */
export const replyStories: Readonly<Record<string, string>> = {
  Worse: lastReplyOf(expired),
  Better: lastReplyOf(live([seen(after(29.6), { expiry: { kind: "at", at: after(40) } })], lastDay)),
  Reminder: lastReplyOf(live([dead(after(31.2), { code: 190, subcode: 463, message: "" })], expired)),
  "Not re-checked": lastReplyOf(stale),
  Acknowledged: lastReplyOf(acknowledged),
  "Acknowledgement taken back": lastReplyOf(
    answered(acknowledged, (alert) => unacknowledge(alert, COLLEAGUE, after(30.3))),
  ),
  Snoozed: lastReplyOf(snoozed),
  "Snooze ended": lastReplyOf(answered(snoozed, (alert) => unsnooze(alert, COLLEAGUE, after(24)))),
  "Fixed: replaced": lastReplyOf(live([seen(after(30.6), replacement)], expired)),
  "Fixed: the same token works again": lastReplyOf(live([seen(after(1.2), { expiry: NEVER })], scopeMissing)),
  "No longer watched": lastReplyOf(left(scopeMissing)),
};
