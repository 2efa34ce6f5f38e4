import type { Evidence, FailureKind, GraphError, InspectionFailure } from "../token/inspection.ts";

const NEXT: Record<FailureKind, string> = {
  unreachable: "This says nothing about the token; it is asked again at the next check.",
  throttled: "This says nothing about the token; the next check waits.",
  misconfigured:
    "This says nothing about the token; check META_APP_ID and META_APP_SECRET, or appId and appSecret in the watchlist.",
  app_blocked: "Open the app in the App Dashboard and read what Meta says there; a new token does not help.",
  malformed: "This says nothing about the token; if it lasts, check GRAPH_API_URL and GRAPH_API_VERSION.",
  unreadable: "Copy the whole token again.",
};

/** What happened + to which call + what to do next. `what` holds no secret. */
export const failure = (
  kind: FailureKind,
  what: string,
  evidence: Evidence | null,
  retryAfterMs: number | null = null,
): InspectionFailure => ({
  kind,
  message: `${/[.!?…]$/.test(what) ? what : `${what}.`} ${NEXT[kind]}`,
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

/** Graph answered with an error that none of our rules explains. */
export const unexplained = (error: GraphError, evidence: Evidence): InspectionFailure =>
  failure(
    "malformed",
    `${evidence.call} was answered with an error that cannot be placed (${describeError(error)})`,
    evidence,
  );

/** Graph refused the id and secret of this app of ours. */
export const appRefused = (appId: string, error: GraphError, evidence: Evidence): InspectionFailure => {
  const what = `Meta refuses our app id or secret (app ${appId}) at ${evidence.call} (${describeError(error)})`;
  return failure("misconfigured", what, evidence);
};
