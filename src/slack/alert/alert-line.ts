import type { Alert } from "../../watch/alert.ts";
import { isAboutIds, isBlocked, isUnanswered } from "../../token/known.ts";
import { slackDate } from "../moment.ts";
import { words } from "../../words/words.ts";
import { watchName } from "./alert-text.ts";
import { consumersText, ownerText, placeText } from "./facts.ts";
import { personText } from "./response-text.ts";
import { notReadLines } from "./unread-lines.ts";

/** "revoked", "not checked", or how it ended. */
export const stateWord = (alert: Alert): string => {
  if (alert.resolvedAt !== null) return alert.resolution === "unwatched" ? "no longer watched" : "fixed";
  if (isBlocked(alert.failing)) return "app blocked";
  if (alert.verdict === null || isUnanswered(alert)) return "not checked";
  return isAboutIds(alert) ? "alive, not fully checked" : words.states[alert.verdict.state].toLowerCase();
};

/** " (taken by <@U1>)" or " (snoozed)" of an open alert that somebody answered. */
export const answerWord = ({ resolvedAt, acknowledged, snoozed }: Alert): string => {
  if (resolvedAt !== null) return "";
  if (acknowledged !== null) return ` (taken by ${personText(acknowledged.by)})`;
  return snoozed === null ? "" : " (snoozed)";
};

/** An alert that was fixed and came back says how often. */
const timesWord = ({ reopened }: Alert): string =>
  reopened === null ? "" : `, came back ${reopened.times === 1 ? "once" : `${reopened.times} times`}`;

/** When it ends, as long as that is what it is about: each of a list has an end of its own. */
const endText = ({ verdict, resolvedAt }: Alert, timezone: string): string | undefined => {
  const expiry = verdict?.token?.expiry;
  if (resolvedAt !== null || verdict?.state !== "expiring" || expiry?.kind !== "at") return undefined;
  return `Token ends: ${slackDate(expiry.at, timezone)}`;
};

/**
 * One alert among others: "• *orders-prod*: revoked (taken by <@U2>). Example Shop (100000000002001). Used by checkout.
 * Owner: <@U1>."
 */
export const alertLine = (alert: Alert, timezone: string): string => {
  const end = endText(alert, timezone);
  const place = placeText(alert);
  const consumers = consumersText(alert);
  const owner = ownerText(alert);
  return [
    `• ${watchName(alert)}: ${stateWord(alert)}${timesWord(alert)}${answerWord(alert)}.`,
    ...(end === undefined ? [] : [`${end}.`]),
    ...(alert.verdict === null ? [] : notReadLines(alert.verdict).map((line) => `${line}.`)),
    ...(place === undefined ? [] : [`${place}.`]),
    ...(consumers === "" ? [] : [`Used by ${consumers}.`]),
    ...(owner === undefined ? [] : [`Owner: ${owner}.`]),
  ].join(" ");
};
