import type { TopicId } from "./topic.ts";

// Finding codes and failure kinds of the token module, as plain strings: the guide imports nothing of it.
const topicByCode: ReadonlyMap<string, TopicId> = new Map<string, TopicId>([
  ["expired", "expired"],
  ["revoked", "expired"],
  ["invalid", "step-4"],
  ["not_a_token", "step-4"],
  ["wrong_app", "wrong-app"],
  ["app_blocked", "app-blocked"],
  ["scope_missing", "scopes"],
  ["scope_extra", "scopes"],
  ["phone_unreachable", "account"],
  ["waba_unreachable", "account"],
  ["other_account", "ids"],
  ["not_registered", "register"],
  ["reach_not_checked", "verify"],
  ["sending_blocked", "live"],
  ["sending_limited", "live"],
  ["expires_soon", "never"],
  ["temporary_token", "step-1"],
  ["not_system_user", "step-1"],
  ["data_access_ended", "step-4"],
  ["data_access_ending", "step-4"],
  ["expiry_not_known", "app-secret"],
  ["proof_refused", "app-secret"],
  ["graph_version_old", "verify"],
  ["misconfigured", "app-secret"],
  ["unreadable", "step-5"],
  ["unreachable", "verify"],
  ["throttled", "verify"],
  ["malformed", "verify"],
]);

/** Why an asset was refused decides what helps: a restricted account, or a token that Meta calls dead there. */
const topicByRefusal: ReadonlyMap<number, TopicId> = new Map<number, TopicId>([
  [368, "live"],
  [131_031, "live"],
  [190, "step-4"],
  [102, "step-4"],
]);

/** What keeps Meta from answering the bot at all, whichever token it asks about. */
const topicByMistake: ReadonlyMap<number, TopicId> = new Map<number, TopicId>([
  [5, "allow-list"],
  [415, "two-factor"],
  [2500, "errors"],
  [2635, "errors"],
]);

/**
 * The topic that leads to the remedy of a finding code or failure kind; `overview` for one this table does not know.
 * @param errorCode the Graph error code that the finding or failure rests on
 */
export function topicForFinding(code: string, errorCode: number | null = null): TopicId {
  const topic = topicByCode.get(code) ?? "overview";
  if (errorCode === null) return topic;
  if (topic === "account") return topicByRefusal.get(errorCode) ?? topic;
  const asksAgain = code === "misconfigured" || code === "reach_not_checked";
  return asksAgain ? (topicByMistake.get(errorCode) ?? topic) : topic;
}
