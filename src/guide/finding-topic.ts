import type { TopicId } from "./topic.ts";

/** The topic with the remedy for a finding or failure. An unknown code leads to `overview`. */
export function topicForFinding({ code, why, evidence }: FindingOrFailure): TopicId {
  const topic = topicByCode.get(code) ?? "overview";
  // The token has the right access, but the configured ID belongs to another kind of object.
  if (why === "other_kind") return "ids";
  const answer = evidence ?? { code: null, subcode: null };
  if (topic === "account") return topicByRefusal.get(answer.code ?? 0) ?? topic;
  if (code !== "misconfigured" && code !== "reach_not_checked") return topic;
  return topicByMistake.get(answer.subcode ?? 0) ?? topicByMistake.get(answer.code ?? 0) ?? topic;
}

// Finding codes and failure kinds of the token module, as plain strings, because the guide does not import that module.
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

/** Topics by the error code of a refused phone number or account. All other codes lead to `account`. */
const topicByRefusal: ReadonlyMap<number, TopicId> = new Map<number, TopicId>([
  [368, "live"],
  [131_031, "live"],
  [190, "step-4"],
  [102, "step-4"],
]);

/** Topics for mistakes that make Meta refuse every request of the bot, by error code or subcode. */
const topicByMistake: ReadonlyMap<number, TopicId> = new Map<number, TopicId>([
  [5, "allow-list"],
  [415, "two-factor"],
  [2_859_009, "two-factor"],
  [2500, "errors"],
  [2635, "errors"],
]);

/** A finding, or a failure with its kind as the code. */
interface FindingOrFailure {
  readonly code: string;
  readonly why?: string | undefined;
  /** The error code and subcode from Graph, if known. */
  readonly evidence?: { readonly code: number | null; readonly subcode: number | null } | null;
}
