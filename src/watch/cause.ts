import { findingOf, type FindingCode } from "../token/finding.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import type { Alert } from "./alert.ts";

/** Each token's own affair: that several end in one week, or that several sources hold something else, is no one cause. */
const OWN: ReadonlySet<FindingCode> = new Set(["expired", "expires_soon", "not_a_token"]);

const ofApp = (word: string, appId: string | undefined): string =>
  appId === undefined ? word : `${word} app ${appId}`;

const causeOfFailure = ({ kind }: InspectionFailure, { appId }: Alert["card"]): string => {
  switch (kind) {
    case "misconfigured":
      return ofApp(kind, appId);
    // One outage shows itself as any of them, and as another one at the next round.
    case "unreachable":
    case "throttled":
    case "malformed":
      return "no_answer";
    case "unreadable":
      return kind;
  }
};

/**
 * A key that alerts share when one cause may well be behind all of them, for example `revoked app 100000000000042`;
 * null when such alerts are told one by one. A problem that could not be checked again keeps its cause: it is no other
 * problem because of that.
 */
export const causeOf = ({ kind, verdict, failing, card }: Alert): string | null => {
  if (kind === "not_checked") return failing === null ? null : causeOfFailure(failing.failure, card);
  const leading = verdict === null ? undefined : findingOf(verdict.state, verdict.findings);
  if (leading === undefined || OWN.has(leading.code)) return null;
  return ofApp(leading.code, verdict?.token?.appId ?? card.appId);
};
