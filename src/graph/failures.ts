import type { Evidence, FailureKind, GraphError, InspectionFailure } from "../token/inspection.ts";
import { accusesCredential, misconfigurationOf } from "../token/misconfiguration.ts";
import { accusesSetting, blocksApp } from "./errors.ts";

const NEXT: Record<Exclude<FailureKind, "misconfigured">, string> = {
  unreachable: "This says nothing about the token; it is asked again at the next check.",
  throttled: "This says nothing about the token; the next check waits.",
  app_blocked: "Open the app in the App Dashboard and read what Meta says there; a new token does not help.",
  malformed: "This says nothing about the token; if it lasts, check GRAPH_API_URL and GRAPH_API_VERSION.",
  unreadable: "Copy the whole token again.",
};

const nextOf = (kind: FailureKind, evidence: Evidence | null): string =>
  kind === "misconfigured"
    ? `This says nothing about the token; ${misconfigurationOf({ evidence }).remedy}.`
    : NEXT[kind];

/** What happened + to which call + what to do next. `what` holds no secret. */
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

/** "code 190, subcode 463: Session has expired", as much of it as there is; it stands inside a sentence. */
export const describeError = (error: GraphError): string => {
  const code = error.code === null ? "no code" : `code ${error.code}`;
  const subcode = error.subcode === null ? "" : `, subcode ${error.subcode}`;
  const message = error.message.replace(/\.+$/, "");
  return `${code}${subcode}${message === "" ? "" : `: ${message}`}`;
};

const DELETED = /\bdeleted\b/i;

/** Meta answers no call of the app: a fact about the app, not about our credential or the token. */
const appBlocked = (appId: string | undefined, error: GraphError, evidence: Evidence): InspectionFailure => {
  const app = appId === undefined ? "the app of this token" : `the app ${appId}`;
  const what = DELETED.test(error.message) ? `Meta says that ${app} was deleted` : `Meta has blocked ${app}`;
  return failure("app_blocked", `${what}: ${evidence.call} was answered with ${describeError(error)}`, evidence);
};

const wrongSetting = (appId: string | undefined, error: GraphError, evidence: Evidence): InspectionFailure => {
  const { reason } = misconfigurationOf({ evidence });
  const app = accusesCredential({ evidence }) ? ` (app ${appId})` : "";
  const what = `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}${app}`;
  return failure("misconfigured", `${what}: ${evidence.call} was answered with ${describeError(error)}`, evidence);
};

/**
 * An error that is no answer about the token, by its cause: the app is blocked, one of our settings is wrong, or none of
 * our rules explains it. Every call uses this, so that one cause has one name wherever it shows.
 * @param appId the app that asks, where the call is made as the app
 */
export const explained = (error: GraphError, evidence: Evidence, appId?: string): InspectionFailure => {
  if (blocksApp(error)) return appBlocked(appId, error, evidence);
  // A call that is not made as the app says nothing about our app id and secret.
  if (accusesSetting(error) && (appId !== undefined || !accusesCredential({ evidence })))
    return wrongSetting(appId, error, evidence);
  const what = `${evidence.call} was answered with an error that cannot be placed (${describeError(error)})`;
  return failure("malformed", what, evidence);
};

/** Graph refused the id and secret of this app of ours. */
export const appRefused = (appId: string, error: GraphError, evidence: Evidence): InspectionFailure => {
  const what = `Meta refuses our app id or secret (app ${appId}) at ${evidence.call} (${describeError(error)})`;
  return failure("misconfigured", what, evidence);
};
