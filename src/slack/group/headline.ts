import type { FailureKind } from "../../token/inspection.ts";
import { isPartlyChecked } from "../../token/unread.ts";
import type { Alert } from "../../watch/alert.ts";
import { isAboutIds, isUnanswered } from "../../token/known.ts";
import { severityWord } from "../alert/alert-text.ts";
import { stateWord } from "../alert/alert-line.ts";
import { literal } from "../mrkdwn.ts";

const LONGEST_APP = 60;

/** Why many watches could not be checked at once. */
const FAILURES: Record<FailureKind, string> = {
  unreachable: "Graph did not answer",
  throttled: "Meta asks to wait before it is asked again",
  misconfigured: "Meta refuses the settings of the bot",
  app_blocked: "Meta has blocked or deleted the app",
  malformed: "Graph's answers could not be read",
  unreadable: "the tokens could not be read where they are kept",
};

/** "Meta refuses the settings of the bot (app 100000000000042)": two apps may be refused at once. */
const failureText = (kind: FailureKind, { card: { appId } }: Alert): string =>
  (kind === "misconfigured" || kind === "app_blocked") && appId !== undefined
    ? `${FAILURES[kind]} (app ${literal(appId, LONGEST_APP)})`
    : FAILURES[kind];

const counted = (count: number, noun: string, plural = `${noun}s`): string => `${count} ${count === 1 ? noun : plural}`;

const appOf = ({ card, verdict }: Alert): string | null => card.appId ?? verdict?.token?.appId ?? null;

/** " of the app Orders (100000000000042)", when they are all of one. */
const appText = (alerts: readonly Alert[]): string => {
  const [id, ...others] = new Set(alerts.map(appOf));
  if (id === undefined || id === null || others.length > 0) return "";
  const name = alerts.find(({ verdict }) => verdict?.token?.appName)?.verdict?.token?.appName;
  const number = literal(id, LONGEST_APP);
  return ` of the app ${name === null || name === undefined ? number : `${literal(name, LONGEST_APP)} (${number})`}`;
};

/** "revoked", or "in trouble: 40 revoked, 5 degraded". */
const statesText = (open: readonly Alert[]): string => {
  const counts = [...Map.groupBy(open, stateWord)].map(([word, alerts]) => ({ word, count: alerts.length }));
  const [only, ...others] = counts;
  if (only !== undefined && others.length === 0) return only.word;
  return `in trouble: ${counts.map(({ word, count }) => `${count} ${word}`).join(", ")}`;
};

/**
 * "Critical: 48 tokens of the app 1000… are revoked." or "Warning: Graph did not answer; 50 watches could not be
 * checked."
 * @param open at least one, worst first
 */
export const openHeadline = (open: readonly Alert[], lead: Alert): string => {
  const word = severityWord(lead);
  if (isAboutIds(lead))
    return `${word}: ${counted(open.length, "token")}${appText(open)} ${open.length === 1 ? "is" : "are"} alive, but not fully checked: phone numbers or WhatsApp accounts could not be read.`;
  if (lead.verdict === null || isUnanswered(lead)) {
    const [kind, ...kinds] = new Set(open.flatMap(({ failing }) => failing?.failure.kind ?? []));
    const why =
      kind === undefined ? "" : `${kinds.length === 0 ? failureText(kind, lead) : "Graph gave no usable answer"}; `;
    return `${word}: ${why}${counted(open.length, "watch", "watches")} could not be checked.`;
  }
  return `${word}: ${counted(open.length, "token")}${appText(open)} ${open.length === 1 ? "is" : "are"} ${statesText(open)}.`;
};

/** "Fixed: all 48 tokens of the app 1000… are healthy." once no alert is open. */
export const overHeadline = (alerts: readonly Alert[]): string => {
  if (alerts.length === 0) return "Over: the alerts that stood here have another cause by now, and another message.";
  const unwatched = alerts.filter(({ resolution }) => resolution === "unwatched").length;
  const fixed = alerts.length - unwatched;
  const app = appText(alerts);
  const partly = alerts.filter(({ verdict }) => verdict !== null && isPartlyChecked(verdict)).length;
  const healthy = partly === 0 ? "healthy" : fixed === 1 ? "alive, not fully checked" : "alive";
  if (unwatched === 0)
    return fixed === 1
      ? `Fixed: the token${app} is ${healthy}.`
      : `Fixed: all ${fixed} tokens${app} are ${healthy}${partly === 0 ? "" : `, ${partly} of them not fully checked`}.`;
  const left = `${counted(unwatched, "token")} left the watchlist, and nobody looks any more`;
  return fixed === 0 ? `No longer watched: ${left}.` : `Over: ${counted(fixed, "token")}${app} fixed; ${left}.`;
};
