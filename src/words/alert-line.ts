import { rich, type Spans } from "../guide/rich-text.ts";
import { isAboutIds, isBlocked, isUnanswered } from "../token/known.ts";
import type { Alert } from "../alert/alert.ts";
import { consumersText, isUrgent, placeFact } from "./alert-facts.ts";
import { expiryText } from "./fact-text.ts";
import { notReadTexts } from "./unread-text.ts";
import { named, sentences } from "./values.ts";
import { words } from "./words.ts";

/**
 * One alert as a line of a list: "*orders-prod*: revoked, taken. Example Shop (ID 100000000002001). Used by checkout.
 * Owner: robin."
 */
export function alertLine(alert: Alert): Spans {
  const { alerts } = words;
  const place = placeFact(alert);
  const consumers = consumersText(alert);
  // A warning does not notify the owner. Its own message says where to see the owner.
  const owner = isUrgent(alert) ? alert.card.owner : undefined;
  return sentences(
    alerts.listItem(named(alert.card.name), [rich`${stateWord(alert)}`, ...remarks(alert)]),
    ...endFact(alert),
    ...(alert.verdict === null ? [] : notReadTexts(alert.verdict).map(alerts.sentence)),
    ...(place === undefined ? [] : [alerts.sentence(place)]),
    ...(consumers.length === 0 ? [] : [alerts.usedBy(consumers)]),
    ...(owner === undefined ? [] : [alerts.sentence(alerts.fact(alerts.facts.owner, alerts.owner(owner)))]),
  );
}

/** The state in a list: "revoked", "not checked", or how the alert ended. */
export function stateWord(alert: Alert): string {
  const { alerts } = words;
  if (alert.resolvedAt !== null) return alert.resolution === "unwatched" ? alerts.unwatched : alerts.fixed;
  if (isBlocked(alert.failing)) return alerts.blockedWord;
  if (alert.verdict === null || isUnanswered(alert)) return alerts.notCheckedWord;
  return isAboutIds(alert) ? alerts.notFullyChecked : alerts.stateWord(alert.verdict.state);
}

/** The person who took or snoozed an open alert: "taken by robin". */
export function responseRemark({ resolvedAt, acknowledged, snoozed }: Alert): readonly Spans[] {
  if (resolvedAt !== null) return [];
  if (acknowledged !== null) return [words.alerts.takenBy(acknowledged.by)];
  return snoozed === null ? [] : [words.alerts.snoozedBy(snoozed.by)];
}

/** How often the problem came back, and people's responses. */
function remarks(alert: Alert): readonly Spans[] {
  const { reopened } = alert;
  return [...(reopened === null ? [] : [words.alerts.cameBackWord(reopened.times)]), ...responseRemark(alert)];
}

/** When the token ends, if the alert is about the expiry. In a list, each token has its own expiry. */
function endFact({ verdict, resolvedAt }: Alert): readonly Spans[] {
  const expiry = verdict?.token?.expiry;
  if (resolvedAt !== null || verdict?.state !== "expiring" || expiry?.kind !== "at") return [];
  return [words.alerts.tokenEnds(expiryText(expiry))];
}
