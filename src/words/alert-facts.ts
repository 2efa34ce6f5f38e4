import type { Spans } from "../guide/rich-text.ts";
import { type FindingCode, isDead } from "../token/findings/finding.ts";
import { isBlocked, isUnanswered } from "../token/known.ts";
import type { AssetKind } from "../token/inspection.ts";
import type { Alert } from "../alert/alert.ts";
import { expiryText } from "./fact-text.ts";
import { coded, foreign, listed } from "./values.ts";
import { words } from "./words.ts";

/** Facts for the person who fixes the problem: phone number, account, owner and token. */
export function alertFacts(alert: Alert): readonly Spans[] {
  const over = alert.resolvedAt !== null;
  return [
    ...assetFacts(alert),
    ...(isUsedBySaid(alert) ? [] : usedBy(alert)),
    ...(over ? [] : [...ownerFacts(alert), ...endFacts(alert)]),
    // A replaced token shows which one is live now.
    ...(over && alert.resolution !== "rotated" ? [] : tokenFacts(alert)),
  ];
}

/** True for an open critical alert. The owner and on-call must notice it. */
export function isUrgent({ severity, resolvedAt }: Pick<Alert, "severity" | "resolvedAt">): boolean {
  return severity === "critical" && resolvedAt === null;
}

/** True when checks give no answer, and the last answer, if any, was good. */
export function isNothingKnownWrong(alert: Alert): boolean {
  const { failing, verdict } = alert;
  return isUnanswered(alert) && !isBlocked(failing) && (verdict === null || verdict.state === "healthy");
}

/** Slack IDs of the people that an open critical alert notifies. */
export function calledPeople(alert: Alert): readonly string[] {
  return isUrgent(alert) ? [alert.card.owner, alert.card.oncall].flatMap((id) => id ?? []) : [];
}

/** The name of the phone number, else the account; undefined when neither is set. */
export function placeFact(alert: Pick<Alert, "card" | "verdict">): Spans | undefined {
  const { phoneNumberId, whatsappBusinessAccountId } = alert.card;
  if (phoneNumberId !== undefined) {
    const number = assetName(alert, "phone", phoneNumberId);
    return nameOf(alert, "phone") === null ? words.alerts.phoneNumber(number) : number;
  }
  return whatsappBusinessAccountId === undefined
    ? undefined
    : words.alerts.account(assetName(alert, "waba", whatsappBusinessAccountId));
}

/** The names of applications that use the token; empty when none is configured. */
export function consumersText({ card }: Pick<Alert, "card">): Spans {
  return listed(
    card.consumers.map((consumer) => [foreign(consumer, LONGEST_CONSUMER)]),
    MOST_CONSUMERS,
  );
}

/** The owner as a mention, where the message notifies the owner anyway; else where to see the owner. */
function ownerText({ card, ...alert }: Alert): Spans | undefined {
  if (card.owner === undefined || alert.resolvedAt !== null) return undefined;
  return isUrgent(alert) ? words.alerts.owner(card.owner) : words.alerts.quietOwner(card.name);
}

const SAY_THE_END: readonly FindingCode[] = ["expires_soon", "expired", "expiry_not_known"];
const LONGEST_CONSUMER = 60;
const MOST_CONSUMERS = 4;
const LONGEST_SOURCE = 80;

function assetName(alert: Pick<Alert, "verdict">, kind: AssetKind, id: string): Spans {
  return words.alerts.nameAndId(nameOf(alert, kind), id);
}

/** Meta's name of the number or the account; null when it is not known. */
function nameOf({ verdict }: Pick<Alert, "verdict">, kind: AssetKind): string | null {
  return verdict?.assets.find((asset) => asset.kind === kind)?.name ?? null;
}

function assetFacts(alert: Alert): readonly Spans[] {
  const { phoneNumberId, whatsappBusinessAccountId } = alert.card;
  const { fact, facts } = words.alerts;
  return [
    ...(phoneNumberId === undefined ? [] : [fact(facts.phone, assetName(alert, "phone", phoneNumberId))]),
    ...(whatsappBusinessAccountId === undefined
      ? []
      : [fact(facts.waba, assetName(alert, "waba", whatsappBusinessAccountId))]),
  ];
}

/** True when the impact of an open problem already names the applications. */
function isUsedBySaid(alert: Alert): boolean {
  const { resolvedAt, kind, verdict, failing } = alert;
  if (resolvedAt !== null) return false;
  if (isUnanswered(alert)) return isBlocked(failing) || isNothingKnownWrong(alert);
  return kind === "problem" && verdict !== null && verdict.state !== "healthy";
}

function usedBy(alert: Alert): readonly Spans[] {
  const consumers = consumersText(alert);
  return consumers.length === 0 ? [] : [words.alerts.fact(words.alerts.facts.usedBy, consumers)];
}

function ownerFacts(alert: Alert): readonly Spans[] {
  const owner = ownerText(alert);
  return owner === undefined ? [] : [words.alerts.fact(words.alerts.facts.owner, owner)];
}

/** When the token ends, unless a finding already says it. */
function endFacts({ verdict }: Alert): readonly Spans[] {
  const { fact, facts } = words.alerts;
  const expiry = verdict?.token?.expiry;
  if (verdict === null || expiry === undefined) return [];
  if (expiry.kind === "not_known" && isDead(verdict.state)) return [];
  if (verdict.findings.some(({ code }) => SAY_THE_END.includes(code))) return [];
  return [fact(isDead(verdict.state) ? facts.plannedEnd : facts.ends, expiryText(expiry))];
}

/** Identifies the token's value, and says where the bot reads it. */
function tokenFacts({ card, verdict }: Alert): readonly Spans[] {
  const { fact, facts, identity } = words.alerts;
  const token = verdict?.token ?? null;
  return [
    ...(token === null ? [] : [fact(facts.token, identity(token))]),
    fact(facts.readFrom, [coded(card.source, LONGEST_SOURCE)]),
  ];
}
