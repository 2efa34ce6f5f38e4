import { WebAPIPlatformError } from "@slack/web-api";
import type { DeliveryFailure } from "../../../outbox/notifier.ts";
import { redact } from "../../../token/secret/shape.ts";
import { credentialCode } from "../../transport/credential-error.ts";
import { askedPauseMs, isRateLimit, refusalWord, troubleText } from "../../transport/trouble.ts";

export function isTooLong(word: string): boolean {
  return TOO_LONG.includes(word);
}

/**
 * Slack's error code when Slack refused the content of the message, not the channel. Undefined for every other error.
 */
export function contentRefusal(error: unknown): string | undefined {
  const word = refusalWord(error);
  if (word === undefined) return undefined;
  const ours = MALFORMED.includes(word) || isTooLong(word) || word.startsWith("invalid_metadata");
  return ours ? word : undefined;
}

/**
 * Where in the message Slack found the problem ("[json-pointer:/blocks/0]"). Slack repeats none of the message's
 * values.
 */
export function refusalDetails(error: unknown): readonly string[] {
  if (!(error instanceof WebAPIPlatformError)) return [];
  const messages: unknown = error.data.response_metadata?.messages;
  if (!Array.isArray(messages)) return [];
  return messages.slice(0, MOST_DETAILS).map((message) => redact(String(message)).slice(0, LONGEST_DETAIL));
}

/**
 * What an error of `chat.postMessage` or `chat.update` means for the outbox. `away` delays the whole channel, so it
 * covers only errors that are not about this message or channel: no answer, an internal problem of Slack, a bad token.
 * An unknown error code counts as a refusal.
 */
export function deliveryFailure(error: unknown): DeliveryFailure {
  if (isRateLimit(error)) return { kind: "rate_limited", retryAfterMs: askedPauseMs(error) || FALLBACK_WAIT_MS };
  const word = refusalWord(error);
  if (word === undefined) return { kind: "away", error: troubleText(error) };
  if (MESSAGE_GONE.includes(word)) return { kind: "message_gone", error: word };
  if (STUMBLED.includes(word)) return { kind: "away", error: word };
  if (credentialCode(error) !== undefined && word !== "missing_scope") return { kind: "away", error: word };
  return refusalOf(word);
}

/** Slack's error codes that only a person can fix, each with its remedy (chat.postMessage reference, read 2026-11). */
const REMEDIES: Readonly<Record<string, string>> = {
  channel_not_found: "check its id; invite the bot if it is private",
  not_in_channel: "invite the bot to the channel",
  is_archived: "choose another channel",
  is_inactive: "choose another channel",
  restricted_action_thread_only_channel: "let apps post in the channel, not in its threads only",
  restricted_action_non_threadable_channel: "let apps answer in threads of the channel",
  ekm_access_denied: "a Slack admin must allow it",
  messages_tab_disabled: "turn on the Messages tab of the app",
  cannot_dm_bot: "choose another channel",
  user_not_found: "choose another channel",
  user_disabled: "choose another channel",
  missing_scope: "reinstall the app from its manifest",
  message_limit_exceeded: "the workspace is over Slack's message limit",
  team_not_found: "use the channel's id",
};

/** Slack can no longer edit the message, so a new message must replace it (chat.update reference, read 2026-11). */
const MESSAGE_GONE = ["message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"];

/** Slack finds the content malformed. The text alone may still be accepted. */
const MALFORMED = [
  "invalid_blocks",
  "invalid_blocks_format",
  "invalid_attachments",
  "too_many_attachments",
  "only_one_table_allowed",
  "metadata_too_large",
];

const TOO_LONG = ["msg_too_long", "msg_blocks_too_long", "attachment_payload_limit_exceeded"];

/** Limits for Slack's details about a malformed message, in the log. */
const MOST_DETAILS = 5;
const LONGEST_DETAIL = 200;

/** Slack had an internal problem. It may have done half of the work. */
const STUMBLED = ["internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"];

const FALLBACK_WAIT_MS = 30_000;

function refusalOf(word: string): DeliveryFailure {
  const known = Object.hasOwn(REMEDIES, word) ? REMEDIES[word] : undefined;
  const remedy = known ?? (word.startsWith("restricted_action") ? "let apps post in the channel" : undefined);
  return { kind: "refused", error: remedy === undefined ? word : `${word} (${remedy})` };
}
