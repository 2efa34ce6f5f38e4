import type { Alert } from "../../watch/alert.ts";
import { STATE_WORDS } from "../state-words.ts";
import { watchName } from "./alert-text.ts";
import { consumersText, phoneText } from "./facts.ts";

/** "revoked", "not checked", or how it ended. */
export const stateWord = (alert: Alert): string => {
  if (alert.resolvedAt !== null) return alert.resolution === "unwatched" ? "no longer watched" : "fixed";
  return alert.kind === "not_checked" || alert.verdict === null
    ? "not checked"
    : STATE_WORDS[alert.verdict.state].toLowerCase();
};

const answerWord = ({ resolvedAt, acknowledged, snoozed }: Alert): string => {
  if (resolvedAt !== null) return "";
  if (acknowledged !== null) return " (acknowledged)";
  return snoozed === null ? "" : " (snoozed)";
};

/** One alert among others: "• *orders-prod*: revoked (acknowledged). Example Shop (100000000002001). Used by checkout." */
export const alertLine = (alert: Alert): string => {
  const phone = phoneText(alert);
  const consumers = consumersText(alert);
  return [
    `• ${watchName(alert)}: ${stateWord(alert)}${answerWord(alert)}.`,
    ...(phone === undefined ? [] : [`${phone}.`]),
    ...(consumers === "" ? [] : [`Used by ${consumers}.`]),
  ].join(" ");
};
