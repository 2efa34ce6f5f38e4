import type { Spans } from "../guide/rich-text.ts";
import { isPast } from "../token/expiry.ts";
import { isDead } from "../token/findings/finding.ts";
import { isAboutIds, isBlocked, isUnanswered } from "../token/known.ts";
import type { Alert } from "../alert/alert.ts";
import { isNothingKnownWrong } from "./alert-facts.ts";
import { words } from "./words.ts";

/**
 * What open alerts break, in one sentence for the first of them and all with the same harm. Empty when that is not
 * known.
 * @param open worst first; one alert, or the alerts of a group
 */
export function impactText(open: readonly Alert[]): Spans {
  const [lead] = open;
  if (lead === undefined) return [];
  const harm = harmOf(lead);
  // An outage may hide a bad token, so the sentence must be true of every alert.
  if (harm === "not_watched" && open.some((alert) => harmOf(alert) !== harm)) return [];
  const alike = open.filter((alert) => harmOf(alert) === harm);
  const consumers = [...new Set(alike.flatMap(({ card }) => card.consumers))];
  const { alerts } = words;
  switch (harm) {
    case "cannot_send":
      return alerts.cannotSend(consumers, alike.length);
    case "may_not_send":
      return alerts.mayNotSend(consumers, alike.length);
    case "will_stop":
      return willStop(alike, consumers);
    case "may_stop":
      return alerts.mayStop(consumers, alike.length);
    case "not_watched":
      return alerts.cannotWatch(consumers, alike.length);
    case "alive":
      return alerts.isAlive(alike.length);
    case "not_known":
      return [];
  }
}

/** What an alert breaks. */
type Harm = "cannot_send" | "may_not_send" | "will_stop" | "may_stop" | "not_watched" | "alive" | "not_known";

function harmOf(alert: Alert): Harm {
  const { verdict, failing } = alert;
  if (isBlocked(failing)) return "may_not_send";
  if (verdict === null || isUnanswered(alert)) return isNothingKnownWrong(alert) ? "not_watched" : "not_known";
  if (isAboutIds(alert)) return "alive";
  if (isDead(verdict.state)) return "cannot_send";
  if (verdict.state === "degraded") return "may_not_send";
  if (verdict.state !== "expiring") return "not_known";
  const end = verdict.token?.expiry;
  return end !== undefined && isPast(end, verdict.checkedAt) ? "may_stop" : "will_stop";
}

/** Names the date when it is the same for all. */
function willStop(alike: readonly Alert[], consumers: readonly string[]): Spans {
  const { alerts } = words;
  const ends = new Set(alike.map(({ verdict }) => endOf(verdict)?.getTime()));
  const [end, ...others] = ends;
  return end === undefined || others.length > 0
    ? alerts.willStopSoon(consumers, alike.length)
    : alerts.willStop(consumers, new Date(end), alike.length);
}

function endOf(verdict: Alert["verdict"]): Date | undefined {
  const expiry = verdict?.token?.expiry;
  return expiry?.kind === "at" ? expiry.at : undefined;
}
