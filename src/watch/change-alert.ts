import { NOT_KNOWN } from "../token/expiry.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, Reason, Reply } from "./alert.ts";
import { matterOf } from "./matter.ts";
import type { WatchCard } from "./watch.ts";

/** The message changes; nobody is told. */
export const editAlert = (alert: Alert, fields: Partial<Alert>): Alert => ({
  ...alert,
  ...fields,
  revision: alert.revision + 1,
});

/** While Slack takes nothing, no more words than these wait; the message and the history tell what the others said. */
const MOST_OWED = 20;

/** A reminder takes the place of one that Slack never got: several at once would say the same. */
export const addReply = (replies: readonly Reply[], reply: Reply): readonly Reply[] =>
  [...replies.filter(({ reason }) => reason !== "reminder" || reply.reason !== "reminder"), reply].slice(-MOST_OWED);

/** The message changes and a reply says so; with `notice` in a way that people must see. */
export const speak = (alert: Alert, fields: Partial<Alert>, reason: Reason, now: Date, notice: boolean): Alert => {
  const reopened = alert.reopened === null ? null : { ...alert.reopened, told: true };
  const changed = editAlert(alert, { reopened, ...fields, spokeAt: now });
  const reply: Reply = { revision: changed.revision, reason, at: now, notice, verdict: changed.verdict, by: null };
  return { ...changed, replies: addReply(alert.replies, reply) };
};

/** The token as it was when the trouble began, to show before → after when fixed. */
export const beforeOf = (verdict: Verdict | null): Alert["before"] => ({
  fingerprint: verdict?.token?.fingerprint ?? null,
  expiry: verdict?.token?.expiry ?? NOT_KNOWN,
});

/** A new alert; its first post is the word that opens it, so it owes no reply. */
export const openAlert = (
  fields: Pick<Alert, "id" | "kind" | "severity" | "verdict" | "failing">,
  card: WatchCard,
  now: Date,
): Alert => ({
  ...fields,
  card,
  openedAt: now,
  resolvedAt: null,
  resolution: null,
  before: beforeOf(fields.verdict),
  acknowledged: null,
  snoozed: null,
  checked: null,
  spokeAt: now,
  criticalSince: fields.severity === "critical" ? now : null,
  escalatedAt: null,
  resolvedMatter: null,
  reopened: null,
  revision: 1,
  replies: [],
});

/** The end that the message showed last: the token may have been replaced while the alert was open. */
const shownBefore = ({ verdict, before }: Alert): Alert["before"] => {
  const shown = beforeOf(verdict);
  return shown.expiry.kind === "not_known" ? before : shown;
};

/** The thread's last reply says already that it is fixed: people were not told that it came back. */
const isUnheard = ({ reopened }: Alert, reason: Reason): boolean =>
  reason === "recovered" && reopened !== null && !reopened.told && reopened.endSaid;

export const resolveAlert = (alert: Alert, verdict: Verdict | null, reason: Reason, now: Date): Alert => {
  const fields = {
    verdict,
    before: shownBefore(alert),
    failing: null,
    resolvedAt: now,
    resolution: reason,
    resolvedMatter: matterOf(alert),
  };
  return isUnheard(alert, reason) ? editAlert(alert, fields) : speak(alert, fields, reason, now, false);
};
