import type { Evidence, FailureKind, GraphError, InspectionFailure } from "../token/inspection.ts";
import { accusesCredential, misconfigurationOf } from "../token/misconfiguration.ts";
import { accusesSetting, blocksApp } from "./errors.ts";

const NEXT: Record<Exclude<FailureKind, "misconfigured">, string> = {
  unreachable: "This says nothing about the token; the bot asks again at the next check.",
  throttled: "This says nothing about the token; the bot waits before the next check.",
  app_blocked: "Open the app in the App Dashboard and read Meta's message there. A new token does not help.",
  malformed: "This says nothing about the token; if this continues, check GRAPH_API_URL and GRAPH_API_VERSION.",
  unreadable: "Copy the whole token again.",
};

const nextOf = (kind: FailureKind, evidence: Evidence | null): string =>
  kind === "misconfigured"
    ? `This says nothing about the token; ${misconfigurationOf({ evidence }).remedy}.`
    : NEXT[kind];

/** Builds the message: what happened, in which call, and what to do next. `what` must not contain a secret. */
export const failure = (
  kind: FailureKind,
  what: string,
  evidence: Evidence | null,
  retryAfterMs: number | null = null,
): InspectionFailure => ({
  kind,
  message: `${/[.!?…]$/.test(what) ? what : `${what}.`} ${nextOf(kind, evidence)}`,
  retryAfterMs,
  evidence,
});

/** "code 190, subcode 463: Session has expired", without the parts that the error lacks. For use inside a sentence. */
export const describeError = (error: GraphError): string => {
  const code = error.code === null ? "no code" : `code ${error.code}`;
  const subcode = error.subcode === null ? "" : `, subcode ${error.subcode}`;
  const message = error.message.replace(/\.+$/, "");
  return `${code}${subcode}${message === "" ? "" : `: ${message}`}`;
};

const DELETED = /\bdeleted\b/i;

/** Meta refuses all calls of the app. This is a fact about the app, not about our credential or the token. */
const appBlocked = (appId: string | undefined, error: GraphError, evidence: Evidence): InspectionFailure => {
  const app = appId === undefined ? "the app of this token" : `the app ${appId}`;
  const what = DELETED.test(error.message) ? `Meta says that ${app} was deleted` : `Meta has blocked ${app}`;
  return failure("app_blocked", `${what}: ${evidence.call} returned ${describeError(error)}`, evidence);
};

const wrongSetting = (appId: string | undefined, error: GraphError, evidence: Evidence): InspectionFailure => {
  const { reason } = misconfigurationOf({ evidence });
  const app = accusesCredential({ evidence }) ? ` (app ${appId})` : "";
  const what = `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}${app}`;
  return failure("misconfigured", `${what}: ${evidence.call} returned ${describeError(error)}`, evidence);
};

/**
 * Explains an error that says nothing about the token: the app is blocked, one of our settings is wrong, or the error
 * is unknown. Every call uses this function, so that a cause has the same message everywhere.
 * @param appId the app that makes the call; undefined for a call with the inspected token
 */
export const explained = (error: GraphError, evidence: Evidence, appId?: string): InspectionFailure => {
  if (blocksApp(error)) return appBlocked(appId, error, evidence);
  // A call with the inspected token says nothing about our app ID and secret.
  if (accusesSetting(error) && (appId !== undefined || !accusesCredential({ evidence })))
    return wrongSetting(appId, error, evidence);
  const what = `${evidence.call} returned an error that this bot does not know (${describeError(error)})`;
  return failure("malformed", what, evidence);
};

export const appRefused = (appId: string, error: GraphError, evidence: Evidence): InspectionFailure => {
  const what = `Meta refuses our app id or secret (app ${appId}) at ${evidence.call} (${describeError(error)})`;
  return failure("misconfigured", what, evidence);
};
