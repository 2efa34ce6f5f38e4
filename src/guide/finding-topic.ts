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

/** What keeps Meta from answering the bot at all, by code or subcode, whichever token it asks about. */
const topicByMistake: ReadonlyMap<number, TopicId> = new Map<number, TopicId>([
  [5, "allow-list"],
  [415, "two-factor"],
  [2_859_009, "two-factor"],
  [2500, "errors"],
  [2635, "errors"],
]);

/** A finding, or a failure with its kind as the code. */
interface Told {
  readonly code: string;
  readonly why?: string | undefined;
  /** What Graph answered, as far as it is known. */
  readonly evidence?: { readonly code: number | null; readonly subcode: number | null } | null;
}

/** The topic that leads to the remedy of a finding or failure; `overview` for one this table does not know. */
export function topicForFinding({ code, why, evidence }: Told): TopicId {
  const topic = topicByCode.get(code) ?? "overview";
  // The token reaches all that it should; the id is wrong.
  if (why === "other_kind") return "ids";
  const answer = evidence ?? { code: null, subcode: null };
  if (topic === "account") return topicByRefusal.get(answer.code ?? 0) ?? topic;
  if (code !== "misconfigured" && code !== "reach_not_checked") return topic;
  return topicByMistake.get(answer.subcode ?? 0) ?? topicByMistake.get(answer.code ?? 0) ?? topic;
}
