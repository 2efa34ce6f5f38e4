import type { Expiry } from "../../token/expiry.ts";
import { isDead } from "../../token/finding.ts";
import type { AssetKind } from "../../token/inspection.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { Alert } from "../../watch/alert.ts";
import { isBlocked } from "../../token/known.ts";
import { mentionOf } from "../mention.ts";
import { slackDate } from "../moment.ts";
import { code, listed, literal } from "../mrkdwn.ts";
import { SHARES } from "./shares.ts";

/** One thing to know about an alert: "Phone number: Example Shop (100000000002001)". */
export interface Fact {
  readonly label: string;
  /** mrkdwn. */
  readonly value: string;
}

export const expiryText = (expiry: Expiry, timezone: string): string => {
  switch (expiry.kind) {
    case "never":
      return "never";
    case "not_known":
      return "not known";
    case "at":
      return slackDate(expiry.at, timezone);
  }
};

/** What happens to those who use the token. A warning that ends nothing is about their token all the same. */
const IMPACTS: Partial<Record<Verdict["state"], string>> = {
  expired: "Stops working",
  revoked: "Stops working",
  invalid: "Stops working",
  degraded: "Affected",
  expiring: "Stops working then",
};

export const consumersText = ({ card }: Pick<Alert, "card">): string =>
  listed(
    card.consumers.map((consumer) => literal(consumer, SHARES.consumer)),
    SHARES.consumers,
  );

const impactFact = (alert: Alert): readonly Fact[] => {
  const consumers = consumersText(alert);
  const impact =
    alert.kind === "problem" && alert.verdict !== null && alert.resolvedAt === null
      ? IMPACTS[isBlocked(alert.failing) ? "degraded" : alert.verdict.state]
      : isBlocked(alert.failing)
        ? IMPACTS.degraded
        : undefined;
  if (impact !== undefined)
    return [{ label: impact, value: consumers === "" ? "whatever uses this token" : consumers }];
  return consumers === "" ? [] : [{ label: "Used by", value: consumers }];
};

/** "Example Shop (100000000002001)": the name as Meta has it, as far as it was told. */
const assetText = ({ verdict }: Pick<Alert, "verdict">, kind: AssetKind, id: string): string => {
  const name = verdict?.assets.find((asset) => asset.kind === kind)?.name;
  const number = literal(id, SHARES.asset);
  return name === null || name === undefined ? number : `${literal(name, SHARES.asset)} (${number})`;
};

const assetFacts = (alert: Alert): readonly Fact[] => {
  const { phoneNumberId, whatsappBusinessAccountId } = alert.card;
  return [
    ...(phoneNumberId === undefined
      ? []
      : [{ label: "Phone number", value: assetText(alert, "phone", phoneNumberId) }]),
    ...(whatsappBusinessAccountId === undefined
      ? []
      : [{ label: "WhatsApp account", value: assetText(alert, "waba", whatsappBusinessAccountId) }]),
  ];
};

/** The name under which people know the number, else the account. */
export const placeText = (alert: Pick<Alert, "card" | "verdict">): string | undefined => {
  const { phoneNumberId, whatsappBusinessAccountId } = alert.card;
  if (phoneNumberId !== undefined) return assetText(alert, "phone", phoneNumberId);
  return whatsappBusinessAccountId === undefined
    ? undefined
    : `WhatsApp account ${assetText(alert, "waba", whatsappBusinessAccountId)}`;
};

/** True while it is so urgent that the owner and who is on call must notice. */
export const isUrgent = ({ severity, resolvedAt }: Alert): boolean => severity === "critical" && resolvedAt === null;

/**
 * The owner as Slack shows people, where the message calls them anyway. A warning must call nobody, and whatever shows a
 * name calls its bearer when the message is posted: there it is the bare id, which the workspace can look up.
 */
export const ownerText = (alert: Alert): string | undefined => {
  const { owner } = alert.card;
  if (owner === undefined || alert.resolvedAt !== null) return undefined;
  return isUrgent(alert) ? mentionOf(owner) : code(owner);
};

const ownerFact = (alert: Alert): readonly Fact[] => {
  const owner = ownerText(alert);
  if (owner === undefined) return [];
  return [{ label: "Owner", value: isUrgent(alert) ? owner : `${owner} (a warning calls nobody)` }];
};

/** When it ends, unless a finding says it already. */
const endFact = ({ verdict }: Alert, timezone: string): readonly Fact[] => {
  const expiry = verdict?.token?.expiry;
  if (verdict === null || expiry === undefined) return [];
  const isAboutEnd = verdict.findings.some((finding) => finding.code === "expires_soon" || finding.code === "expired");
  if (isAboutEnd) return [];
  if (!isDead(verdict.state)) return [{ label: "Token ends", value: expiryText(expiry, timezone) }];
  return expiry.kind === "not_known" ? [] : [{ label: "Was to end", value: expiryText(expiry, timezone) }];
};

/** Whom and what it is about. Of an alert that is over, only what it was about. */
export const alertFacts = (alert: Alert, timezone: string): readonly Fact[] => {
  if (alert.resolvedAt !== null) return [...assetFacts(alert), ...impactFact(alert)];
  return [...impactFact(alert), ...assetFacts(alert), ...ownerFact(alert), ...endFact(alert, timezone)];
};
