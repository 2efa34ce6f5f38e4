import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { redact } from "../../token/shape.ts";
import type { DeliveryFailure } from "../../watch/ports.ts";

/** The channel does not take the message; only a person can change that (chat.postMessage reference, read 2026-11). */
const REFUSED = [
  "channel_not_found",
  "not_in_channel",
  "is_archived",
  "is_inactive",
  "ekm_access_denied",
  "messages_tab_disabled",
  "cannot_dm_bot",
  "user_not_found",
  "user_disabled",
];

/** The message cannot be edited any more; a new one must take its place (chat.update reference, read 2026-11). */
const MESSAGE_GONE = ["message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"];

/** The content was refused, not the channel. */
const CONTENT = [
  "invalid_blocks",
  "invalid_blocks_format",
  "invalid_attachments",
  "msg_too_long",
  "msg_blocks_too_long",
];

const FALLBACK_WAIT_MS = 30_000;

/** True when Slack refused what we built, so that the plain text alone may still get through. */
export const isContentRefusal = (error: unknown): boolean =>
  error instanceof WebAPIPlatformError && CONTENT.includes(error.data.error);

/** Slack's word, cut: a non-JSON answer arrives here as the whole body (web-api 8.2.0; tried 2026-11). */
const wordOf = (error: WebAPIPlatformError): string => redact(error.data.error).slice(0, 80);

/** What an error of `chat.postMessage` or `chat.update` means for the outbox. Anything not known is tried again later. */
export const deliveryFailure = (error: unknown): DeliveryFailure => {
  if (error instanceof WebAPIRateLimitedError)
    return { kind: "rate_limited", retryAfterMs: error.retryAfter > 0 ? error.retryAfter * 1_000 : FALLBACK_WAIT_MS };
  if (error instanceof WebAPIPlatformError) {
    const word = wordOf(error);
    if (word === "ratelimited" || word === "rate_limited")
      return { kind: "rate_limited", retryAfterMs: FALLBACK_WAIT_MS };
    if (REFUSED.includes(word) || word.startsWith("restricted_action")) return { kind: "refused", error: word };
    if (MESSAGE_GONE.includes(word)) return { kind: "message_gone", error: word };
    return { kind: "away", error: word };
  }
  if (error instanceof WebAPIHTTPError) return { kind: "away", error: `HTTP ${error.statusCode}` };
  if (error instanceof WebAPIRequestError) return { kind: "away", error: "Slack could not be reached" };
  return { kind: "away", error: redact(error instanceof Error ? error.message : "unknown error").slice(0, 80) };
};
