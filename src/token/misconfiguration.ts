import type { Evidence, InspectionFailure } from "./inspection.ts";

/**
 * What a person of ours can set right. Each has its own remedy: a wrong one sends people after something that works.
 * `address`: the app's server IP allow-list lacks this server. `version`: the Graph API version is not served.
 * `proof`: the appsecret_proof. `app_id`, `app_secret`, `credential`: our app's id, its secret, or one of the two.
 */
export type Misconfiguration = "address" | "version" | "two_factor" | "proof" | "app_id" | "app_secret" | "credential";

/** Which of them it is, by the code of Meta's answer. */
export const misconfigurationOf = ({ evidence }: Pick<InspectionFailure, "evidence">): Misconfiguration =>
  evidence?.subcode === TWO_FACTOR_SUBCODE
    ? "two_factor"
    : (BY_CODE.get(evidence?.code ?? null) ?? (isMadeWithToken(evidence) ? "proof" : "credential"));

/** True when the cause is our app id or secret: people then look them up in the App Dashboard. */
export const accusesCredential = (failure: Pick<InspectionFailure, "evidence">): boolean =>
  !SETTINGS.has(misconfigurationOf(failure));

/** Such a call carries no app id and secret but their proof, and only that can be wrong with it. */
const isMadeWithToken = (evidence: Evidence | null): boolean =>
  evidence !== null && evidence.call !== "GET /debug_token";

const TWO_FACTOR_SUBCODE = 2_859_009;

const SETTINGS: ReadonlySet<Misconfiguration> = new Set<Misconfiguration>(["address", "version", "two_factor"]);

/** Server IP allow-list, unknown path components, two-factor, unknown app, client secret (public issues and logs, 2026). */
const BY_CODE: ReadonlyMap<number | null, Misconfiguration> = new Map<number | null, Misconfiguration>([
  [5, "address"],
  [2500, "version"],
  [2635, "version"],
  [415, "two_factor"],
  [101, "app_id"],
  [1, "app_secret"],
]);
