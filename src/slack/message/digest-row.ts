import { MINUTE_MS } from "../../token/duration.ts";
import { describeExpiry } from "../../token/expiry.ts";
import { isDead } from "../../token/finding.ts";
import type { DigestRow } from "../../watch/digest-table.ts";
import { notReadText } from "../alert/unread-lines.ts";
import { bold, code, listed, literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";
import { stateHeading } from "../verdict/heading.ts";

const LONGEST_NAME = 80;
const LONGEST_SCOPES = 160;
const LONGEST_CALL = 60;

/** "ends 27 Nov 2026 (in 5 days)": as of the digest, which names its own time. */
const endText = ({ state, expiry }: DigestRow, at: Date, show: ShowTime): string => {
  if (expiry.kind === "never") return isDead(state) ? "had no end" : "never ends";
  if (expiry.kind === "not_known") return "its end is not known";
  const past = expiry.at <= at;
  const verb = past ? "ended" : isDead(state) ? "would have ended" : "ends";
  return `${verb} ${show(expiry.at)} (${describeExpiry(expiry, at)})`;
};

const alertText = ({ alert, acknowledged, snoozedUntil }: DigestRow, show: ShowTime): readonly string[] => {
  if (alert === null) return [];
  const answers = [
    ...(acknowledged ? ["acknowledged"] : []),
    ...(snoozedUntil === null ? [] : [`snoozed until ${show(snoozedUntil)}`]),
  ];
  return [[`${alert} alert open`, ...answers].join(", ")];
};

/** The call that proved the state, and the last answer where it is another one. */
const provedBy = ({ evidence }: DigestRow, answeredAt: Date, show: ShowTime): string => {
  if (evidence === null) return `last answer ${show(answeredAt)}`;
  const by = `by ${literal(evidence.call, LONGEST_CALL)}`;
  return answeredAt.getTime() - evidence.at.getTime() > MINUTE_MS
    ? `proved ${show(evidence.at)} ${by}, last answer ${show(answeredAt)}`
    : `last answer ${show(answeredAt)} ${by}`;
};

/** One watch of the digest on one line: state, end, last answer, open alert, what to tidy up. */
export const digestLine = (row: DigestRow, at: Date, show: ShowTime): string => {
  const { watch, state, answeredAt, extraScopes, old, unread } = row;
  const scopes = listed(
    extraScopes.map((scope) => code(scope)),
    LONGEST_SCOPES,
  );
  return [
    `• ${bold(literal(watch, LONGEST_NAME))}: ${stateHeading(state, unread.length > 0)}`,
    ...(answeredAt === null ? ["no answer yet"] : [endText(row, at, show), provedBy(row, answeredAt, show)]),
    ...unread.map(notReadText),
    ...alertText(row, show),
    ...(scopes === "" ? [] : [`not needed: ${scopes}`]),
    ...(old ? ["over a year old and without end: replace it some time"] : []),
  ].join(" · ");
};
