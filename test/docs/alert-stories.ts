import { alertMessage } from "../../src/slack/messages/alert/alert-view.ts";
import { replyText } from "../../src/slack/messages/alert/reply-view.ts";
import { linkTo } from "../../src/slack/kit/links.ts";
import { NEVER } from "../../src/token/expiry.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { plainMrkdwn } from "./plain-slack.ts";
import {
  acknowledged,
  alertOf,
  answered,
  away,
  escalated,
  expired,
  expiringSoon,
  HOME,
  lastThreshold,
  removed,
  live,
  minutes,
  notAnswered,
  reminded,
  replaced,
  RULES,
  shown,
  snoozed,
  type Story,
  withoutLinks,
  WORKSPACE,
} from "./story-alerts.ts";
import { after, dead, debugged, POLICY, REACHED, seen } from "./story-facts.ts";

// The alerts and replies in docs/message-samples.md. The real rules and views create them.

const messageOf = (story: Story, renews = false): string =>
  shown(alertMessage(alertOf(story), "UTC", undefined, renews));

const lastReplyOf = (story: Story): string => {
  const word = story.words.at(-1);
  if (word === undefined) throw new Error("the story has no reply");
  return plainMrkdwn(withoutLinks(replyText(alertOf(story), word, "UTC", linkTo(WORKSPACE, HOME))));
};

/** Without a threshold of one day, a separate reply announces the last day. */
const RARELY = { ...POLICY, warnAt: POLICY.warnAt.filter(({ text }) => text !== "1d") };
const lastDay = live(
  [27.5, 29.1].map((day) => seen(after(day), {}, RARELY)),
  expiringSoon,
  { ...RULES, policy: RARELY },
);
const scopeMissing = live([seen(after(1), { scopes: ["whatsapp_business_management"], expiry: NEVER })]);
const worksAgain = live([seen(after(1.2), { expiry: NEVER })], scopeMissing);
const phone = { kind: "phone", id: "100000000002001" } as const;
const notReached = live([
  seen(after(1), {
    expiry: NEVER,
    assets: [
      {
        ...phone,
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
        ...phone,
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
        "Meta refuses the app ID or app secret in the bot's configuration (app 100000000000042) at GET /debug_token (code 190: Invalid OAuth access token signature).",
    }),
  ),
);
const notRead = live(
  [0, 30, 61].map((minute) => {
    const at = minutes(minute);
    const evidence = { ...debugged(at), call: "GET /100000000002001", status: 400, code: 415, subcode: 2859009 };
    const message = "Meta demands two-factor authentication at GET /100000000002001.";
    const failure = { kind: "misconfigured", message, retryAfterMs: null, evidence } as const;
    const unread = { ...phone, evidence, reach: "not_known", failure, proofRefused: false } as const;
    return seen(at, { expiry: NEVER, assets: [unread] });
  }),
  live([seen(minutes(-30), { expiry: NEVER, assets: REACHED })]),
);
const appBlocked = live(
  [0, 15].map((minute) =>
    notAnswered(minutes(minute), {
      kind: "app_blocked",
      message: "Meta has blocked the app 100000000000042: GET /debug_token was refused (code 200: API access blocked).",
    }),
  ),
  live([seen(minutes(-15), { expiry: NEVER, assets: REACHED })]),
);
const deadAt = (minute: number): Verdict =>
  dead(minutes(minute), { code: 190, subcode: 466, message: "" }, { expiry: NEVER });
const aliveAt = (minute: number): Verdict => seen(minutes(minute), { expiry: NEVER });
const cameBack = live([deadAt(0), aliveAt(5), deadAt(10), aliveAt(15), deadAt(20)]);
const lasts = live([deadAt(35)], cameBack);
const stale = live([minutes(1_455), minutes(1_485), minutes(1_516)].map(away), scopeMissing);

/** Messages in the channel, by their heading in docs/message-samples.md. */
export const alertStories: Readonly<Record<string, string>> = {
  Expiring: messageOf(expiringSoon),
  "Expiring, last threshold": messageOf(lastThreshold),
  Expired: messageOf(expired),
  Revoked: messageOf(revoked),
  "Revoked, with renewals in Slack": messageOf(revoked, true),
  Invalid: messageOf(invalid),
  "Degraded: a permission is missing": messageOf(scopeMissing),
  "Degraded: the phone number is out of reach": messageOf(notReached),
  "Degraded: Meta blocks sending": messageOf(blocked),
  "Could not be checked": messageOf(notChecked),
  "Could not be checked: our own credential": messageOf(misconfigured),
  "Alive, but not fully checked": messageOf(notRead),
  "The app is blocked": messageOf(appBlocked),
  "Fixed, then returned": messageOf(cameBack),
  "Open, but not re-checked": messageOf(stale),
  Acknowledged: messageOf(acknowledged),
  Snoozed: messageOf(snoozed),
  Escalated: messageOf(escalated),
  "Fixed: replaced": messageOf(replaced),
  "Fixed: the same token works again": messageOf(worksAgain),
  "No longer watched": messageOf(removed(scopeMissing)),
};

/** Replies in the alert's thread. */
export const replyStories: Readonly<Record<string, string>> = {
  Worse: lastReplyOf(expired),
  "The last day, without a threshold of 1d": lastReplyOf(lastDay),
  Better: lastReplyOf(live([seen(after(29.6), { expiry: { kind: "at", at: after(40) } })], lastThreshold)),
  Reminder: lastReplyOf(reminded),
  Escalated: lastReplyOf(escalated),
  "Returned, and still not fixed": lastReplyOf(lasts),
  "Not re-checked": lastReplyOf(stale),
  Acknowledged: lastReplyOf(acknowledged),
  "Acknowledgement undone": lastReplyOf(answered(acknowledged, { kind: "unacknowledge" }, after(30.3))),
  Checked: lastReplyOf(
    answered(expired, { kind: "checked", found: new Map([["story", expired.state.verdict]]) }, after(30.2)),
  ),
  Snoozed: lastReplyOf(snoozed),
  "Snooze ended": lastReplyOf(answered(snoozed, { kind: "unsnooze" }, after(24))),
  "Fixed: replaced": lastReplyOf(replaced),
  "Fixed: the same token works again": lastReplyOf(worksAgain),
  "No longer watched": lastReplyOf(removed(scopeMissing)),
};
