import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { causeOf } from "../../network/cause.ts";
import { withoutQueries } from "../../token/secret/address-queries.ts";
import { redact } from "../../token/secret/shape.ts";
import { RATE_LIMITED } from "../../outbox/retry-delay.ts";

/**
 * Slack's error code for a refused call; undefined when the error is not an answer from Slack. A body that is not JSON
 * arrives in place of the code (web-api 8.2.0; tried 2026-11). `redact` is necessary, because a signing secret in
 * lower-case hex has the form of a code.
 */
export function refusalWord(error: unknown): string | undefined {
  if (!(error instanceof WebAPIPlatformError)) return undefined;
  const word = error.data.error;
  return WORD.test(word) && redact(word) === word ? word : undefined;
}

/** A 429 without a usable Retry-After has no error class of its own (web-api 8.2.0, makeRequest). */
export function isRateLimit(error: unknown): boolean {
  return (
    error instanceof WebAPIRateLimitedError ||
    ["ratelimited", "rate_limited"].includes(refusalWord(error) ?? "") ||
    (error instanceof Error && error.message.startsWith("Retry header did not contain"))
  );
}

/** Milliseconds that Slack asked the bot to wait; 0 when it named no time. */
export function askedPauseMs(error: unknown): number {
  return error instanceof WebAPIRateLimitedError && error.retryAfter > 0 ? error.retryAfter * 1_000 : 0;
}

/** Slack did not answer in time, or refused because the person acted more than three seconds before the call. */
export function isTooLate(error: unknown): boolean {
  return isLate(error instanceof WebAPIRequestError ? error.original : error) || refusalWord(error) === TRIGGER_LATE;
}

/** Describes a failed call to Slack on one line, for people and logs. Contains no token and no HTML page. */
export function troubleText(error: unknown): string {
  if (isRateLimit(error)) return RATE_LIMITED;
  if (error instanceof WebAPIPlatformError) return refusalWord(error) ?? "The answer does not come from Slack";
  if (error instanceof WebAPIHTTPError) return statusText(error.statusCode);
  if (error instanceof WebAPIRequestError) return isLate(error.original) ? LATE : unreachable(error.original);
  // The deadline can also pass while the answer's body is being read.
  if (isLate(error)) return LATE;
  // The error of a plain fetch, without a Slack client: an answer to a response_url.
  if (error instanceof TypeError && error.cause !== undefined) return unreachable(error);
  const text = error instanceof Error ? error.message : String(error);
  return redact(withoutQueries(text)).replaceAll(/\s+/g, " ").slice(0, LONGEST);
}

/** The form of Slack's error codes (`not_in_channel`, `restricted_action_read_only_channel`). */
const WORD = /^[a-z][a-z0-9_]{1,79}$/;

const LONGEST = 200;

/** The trigger of a view is too old (views.open, docs.slack.dev, read 2026-11). */
const TRIGGER_LATE = "expired_trigger_id";

const LATE = "Slack did not answer in time";

function isLate(error: unknown): boolean {
  return error instanceof Error && error.name === "TimeoutError";
}

/**
 * The Web API refuses with HTTP 200 (Web API, docs.slack.dev, read 2026-11). A 4xx usually comes from a proxy or
 * filter.
 */
function statusText(status: number): string {
  return status >= 400 && status < 500
    ? `HTTP ${status} came in place of Slack's answer; a proxy or filter may have answered`
    : `Slack answered HTTP ${status}`;
}

function unreachable(error: unknown): string {
  return `Slack could not be reached (${causeOf(error)})`;
}
