import type { Evidence, InspectionFailure } from "./inspection.ts";

/** What is wrong, as the end of a sentence, and what to do, as the beginning of one. */
interface Misconfiguration {
  readonly reason: string;
  readonly remedy: string;
}

/**
 * What a person of ours can set right, by the code of Meta's answer. Each cause has its own remedy: a wrong one sends
 * people after something that works.
 */
export const misconfigurationOf = ({ evidence }: Pick<InspectionFailure, "evidence">): Misconfiguration =>
  evidence?.subcode === TWO_FACTOR_SUBCODE
    ? TWO_FACTOR
    : (BY_CODE.get(evidence?.code ?? null) ?? (isMadeWithToken(evidence) ? PROOF : CREDENTIAL));

/** True when the cause is our app id or secret: people then look them up in the App Dashboard. */
export const accusesCredential = (failure: Pick<InspectionFailure, "evidence">): boolean =>
  !SETTINGS.has(misconfigurationOf(failure));

/** Such a call carries no app id and secret but their proof, and only that can be wrong with it. */
const isMadeWithToken = (evidence: Evidence | null): boolean =>
  evidence !== null && evidence.call !== "GET /debug_token";

const PROOF: Misconfiguration = {
  reason: "Meta refuses the appsecret_proof, or asks for one",
  remedy: "set META_APP_SECRET, or appSecret in the watchlist, to the current secret of the token's app",
};

const CREDENTIAL: Misconfiguration = {
  reason: "Meta refuses our app id or secret",
  remedy: "check META_APP_ID and META_APP_SECRET, or appId and appSecret in the watchlist",
};

const ADDRESS: Misconfiguration = {
  reason: "the app takes no calls from the IP address of this server",
  remedy:
    "add this server's public address to the app's server IP allow-list (App Dashboard, App settings, Advanced, Security)",
};

const VERSION: Misconfiguration = {
  reason: "Meta does not serve the Graph API version that is asked for",
  remedy: "set GRAPH_API_VERSION to a version that Meta serves, such as v26.0, and check GRAPH_API_URL",
};

const TWO_FACTOR: Misconfiguration = {
  reason: "the business demands two-factor authentication of the account behind the token",
  remedy:
    "switch on two-factor authentication for that account, or change the demand in Business Settings, Security Center",
};

const APP_ID: Misconfiguration = {
  reason: "Meta does not know this app id, or the secret is not of that app",
  remedy:
    "copy the app id and secret from App Dashboard, App settings, Basic, into META_APP_ID and META_APP_SECRET, or into appId and appSecret in the watchlist",
};

const APP_SECRET: Misconfiguration = {
  reason: "Meta does not accept the app secret",
  remedy:
    "copy the app secret from App Dashboard, App settings, Basic, into META_APP_SECRET, or into appSecret in the watchlist",
};

const TWO_FACTOR_SUBCODE = 2_859_009;

const SETTINGS: ReadonlySet<Misconfiguration> = new Set([ADDRESS, VERSION, TWO_FACTOR]);

/** Server IP allow-list, unknown path components, two-factor, unknown app, client secret (public issues and logs, 2026). */
const BY_CODE: ReadonlyMap<number | null, Misconfiguration> = new Map([
  [5, ADDRESS],
  [2500, VERSION],
  [2635, VERSION],
  [415, TWO_FACTOR],
  [101, APP_ID],
  [1, APP_SECRET],
]);
