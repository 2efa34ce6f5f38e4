import type { TopicId } from "./topic.ts";

// Finding codes and failure kinds of the token module, as plain strings: the guide imports nothing.
const topicByCode: ReadonlyMap<string, TopicId> = new Map<string, TopicId>([
  ["expired", "expired"],
  ["revoked", "expired"],
  ["invalid", "step-4"],
  ["not_a_token", "step-4"],
  ["wrong_app", "wrong-app"],
  ["scope_missing", "scopes"],
  ["scope_extra", "scopes"],
  ["app_blocked", "verify"],
  ["phone_unreachable", "account"],
  ["waba_unreachable", "account"],
  ["sending_blocked", "live"],
  ["sending_limited", "live"],
  ["reach_not_checked", "verify"],
  ["other_account", "verify"],
  ["not_registered", "live"],
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

/** Settings of ours besides app id and secret: server IP allow-list, version, two-factor authentication. */
const topicBySetting: ReadonlyMap<number, TopicId> = new Map<number, TopicId>([
  [5, "verify"],
  [415, "verify"],
  [2500, "verify"],
  [2635, "verify"],
]);

/**
 * The topic that leads to the remedy of a finding code or failure kind; `overview` for one this table does not know.
 * @param errorCode the Graph error code that the finding rests on
 */
export function topicForFinding(code: string, errorCode: number | null = null): TopicId {
  const topic = topicByCode.get(code) ?? "overview";
  if (errorCode === null) return topic;
  if (code === "misconfigured") return topicBySetting.get(errorCode) ?? topic;
  return topic === "account" ? (topicByRefusal.get(errorCode) ?? topic) : topic;
}
