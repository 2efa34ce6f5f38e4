import { WebAPIPlatformError } from "@slack/web-api";
import type { DeliveryFailure } from "../../watch/outbox.ts";
import { credentialCode } from "../credential-error.ts";
import { askedPauseMs, isRateLimit, refusalWord, troubleText } from "../trouble.ts";

/** Only a person can change that; what to do about each (chat.postMessage reference, read 2026-11). */
const REMEDIES: Readonly<Record<string, string>> = {
  channel_not_found: "check its id; invite the bot if it is private",
  not_in_channel: "invite the bot to the channel",
  is_archived: "choose another channel",
  is_inactive: "choose another channel",
  ekm_access_denied: "a Slack admin must allow it",
  messages_tab_disabled: "turn on the Messages tab of the app",
  cannot_dm_bot: "choose another channel",
  user_not_found: "choose another channel",
  user_disabled: "choose another channel",
  missing_scope: "reinstall the app from its manifest",
  message_limit_exceeded: "the workspace is over Slack's message limit",
  team_not_found: "use the channel's id",
};

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

/** Slack stumbled; it may have done half of it. */
const STUMBLED = ["internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"];

const FALLBACK_WAIT_MS = 30_000;

/** True when Slack refused what we built, so that the plain text alone may still get through. */
export const isContentRefusal = (error: unknown): boolean =>
  error instanceof WebAPIPlatformError && CONTENT.includes(error.data.error);

const refusalOf = (word: string): DeliveryFailure => {
  const remedy = word.startsWith("restricted_action")
    ? "let apps post in the channel"
    : Object.hasOwn(REMEDIES, word)
      ? REMEDIES[word]
      : undefined;
  return { kind: "refused", error: remedy === undefined ? word : `${word} (${remedy})` };
};

/**
 * What an error of `chat.postMessage` or `chat.update` means for the outbox. `away` holds up the whole channel, so only
 * what is not about this message or channel is: no answer, a stumble, a bad token. A word nobody knows is a refusal.
 */
export const deliveryFailure = (error: unknown): DeliveryFailure => {
  if (isRateLimit(error)) return { kind: "rate_limited", retryAfterMs: askedPauseMs(error) || FALLBACK_WAIT_MS };
  const word = refusalWord(error);
  if (word === undefined) return { kind: "away", error: troubleText(error) };
  if (MESSAGE_GONE.includes(word)) return { kind: "message_gone", error: word };
  if (STUMBLED.includes(word)) return { kind: "away", error: word };
  if (credentialCode(error) !== undefined && word !== "missing_scope") return { kind: "away", error: word };
  return refusalOf(word);
};
