import { saysDeleted } from "../token/graph-codes.ts";
import type { Evidence, FailureKind, GraphError, InspectionFailure } from "../token/inspection.ts";
import { accusesCredential, type Misconfiguration, misconfigurationOf } from "../token/misconfiguration.ts";
import { accusesSetting, blocksApp } from "./errors.ts";

/** Says what happened to which call. words/ adds the next step for each place. `what` must not contain a secret. */
export function failure(
  kind: FailureKind,
  what: string,
  evidence: Evidence | null,
  retryAfterMs: number | null = null,
): InspectionFailure {
  return {
    kind,
    message: /[.!?…]$/.test(what) ? what : `${what}.`,
    retryAfterMs,
    evidence,
  };
}

/** "code 190, subcode 463: Session has expired", without the parts that the error lacks. For use inside a sentence. */
export function describeError(error: GraphError): string {
  const code = error.code === null ? "no code" : `code ${error.code}`;
  const subcode = error.subcode === null ? "" : `, subcode ${error.subcode}`;
  const message = error.message.replace(/\.+$/, "");
  return `${code}${subcode}${message === "" ? "" : `: ${message}`}`;
}

/**
 * Explains an error that says nothing about the token: the app is blocked, one of our settings is wrong, or the error
 * is unknown. Every call uses this function, so that a cause has the same message everywhere.
 * @param appId the app that makes the call; undefined for a call with the inspected token
 */
export function explained(error: GraphError, evidence: Evidence, appId?: string): InspectionFailure {
  if (blocksApp(error)) return appBlocked(appId, error, evidence);
  // A call with the inspected token says nothing about our app ID and secret.
  if (accusesSetting(error) && (appId !== undefined || !accusesCredential({ evidence })))
    return wrongSetting(appId, error, evidence);
  const what = `${evidence.call} returned an error that this bot does not know (${describeError(error)})`;
  return failure("malformed", what, evidence);
}

export function appRefused(appId: string, error: GraphError, evidence: Evidence): InspectionFailure {
  const what = `Meta refuses the app ID or app secret in the bot's configuration (app ${appId}) at ${evidence.call} (${describeError(error)})`;
  return failure("misconfigured", what, evidence);
}

/** For each of our settings that Meta's answer blames, the first part of the failure's message. */
const SETTINGS: Readonly<Record<Misconfiguration, string>> = {
  address: "The app does not accept calls from the IP address of this server",
  version: "Meta does not serve this Graph API version",
  two_factor:
    "The business requires two-factor authentication, and the Facebook account that the token belongs to does not use it",
  proof: "Meta refuses the appsecret_proof, or requires one",
  app_id: "Meta does not know this app ID, or the secret belongs to another app",
  app_secret: "Meta does not accept the app secret",
  credential: "Meta refuses the app ID or app secret in the bot's configuration",
};

/** Meta refuses all calls of the app. This is a fact about the app, not about our credential or the token. */
function appBlocked(appId: string | undefined, error: GraphError, evidence: Evidence): InspectionFailure {
  const app = appId === undefined ? "the app of this token" : `the app ${appId}`;
  const what = saysDeleted(error) ? `Meta says that ${app} was deleted` : `Meta has blocked ${app}`;
  return failure("app_blocked", `${what}: ${evidence.call} returned ${describeError(error)}`, evidence);
}

function wrongSetting(appId: string | undefined, error: GraphError, evidence: Evidence): InspectionFailure {
  const app = accusesCredential({ evidence }) ? ` (app ${appId})` : "";
  const what = `${SETTINGS[misconfigurationOf({ evidence })]}${app}`;
  return failure("misconfigured", `${what}: ${evidence.call} returned ${describeError(error)}`, evidence);
}
