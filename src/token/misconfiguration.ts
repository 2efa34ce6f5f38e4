import { TWO_FACTOR_SUBCODE } from "./graph-codes.ts";
import type { Evidence, InspectionFailure } from "./inspection.ts";

/**
 * A setting that our operators can correct. Each has its own remedy, because a wrong remedy sends people to a setting
 * that works.
 * `address`: the app's server IP allow-list does not contain this server. `version`: Meta does not serve the Graph API
 * version. `two_factor`: the business requires two-factor authentication. `proof`: the appsecret_proof. `app_id`,
 * `app_secret`: our app's ID or its secret. `credential`: one of these two, not known which.
 */
export type Misconfiguration = "address" | "version" | "two_factor" | "proof" | "app_id" | "app_secret" | "credential";

/** Finds the setting by the code of Meta's answer. */
export function misconfigurationOf({ evidence }: Pick<InspectionFailure, "evidence">): Misconfiguration {
  return evidence?.subcode === TWO_FACTOR_SUBCODE
    ? "two_factor"
    : (BY_CODE.get(evidence?.code ?? null) ?? (isMadeWithToken(evidence) ? "proof" : "credential"));
}

/**
 * True when the cause is our app ID or secret, or the proof made with it. People then check both in the App Dashboard.
 */
export function accusesCredential(failure: Pick<InspectionFailure, "evidence">): boolean {
  return !SETTINGS.has(misconfigurationOf(failure));
}

/**
 * A call with the inspected token does not send our app ID and secret. It sends only the proof, so only the proof can
 * be wrong.
 */
function isMadeWithToken(evidence: Evidence | null): boolean {
  return evidence !== null && evidence.call !== "GET /debug_token";
}

const SETTINGS: ReadonlySet<Misconfiguration> = new Set<Misconfiguration>(["address", "version", "two_factor"]);

/**
 * Server IP allow-list, unknown path components, two-factor, unknown app, client secret (public issues and logs, 2026).
 */
const BY_CODE: ReadonlyMap<number | null, Misconfiguration> = new Map<number | null, Misconfiguration>([
  [5, "address"],
  [2500, "version"],
  [2635, "version"],
  [415, "two_factor"],
  [101, "app_id"],
  [1, "app_secret"],
]);
