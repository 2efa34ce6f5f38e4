import { CATALOGUE } from "../token/findings/catalogue.ts";
import { isFindingCode } from "../token/findings/finding.ts";
import { refusalOf, type Refusal } from "../token/findings/findings-assets.ts";
import type { Evidence, FailureKind } from "../token/inspection.ts";
import { type Misconfiguration, misconfigurationOf } from "../token/misconfiguration.ts";
import type { TopicId } from "./topic.ts";

/** The topic with the remedy for a finding or failure. An unknown code leads to `overview`. */
export function topicForFinding({ code, why, evidence = null }: FindingOrFailure): TopicId {
  // The token has the right access, but the configured ID belongs to another kind of object.
  if (why === "other_kind") return "ids";
  const topic = topicOf(code);
  switch (code) {
    case "phone_unreachable":
    case "waba_unreachable":
      return topicByRefusal[refusalOf(evidence?.code ?? null)] ?? topic;
    case "misconfigured":
    case "reach_not_checked":
      return topicByMistake[misconfigurationOf({ evidence })] ?? topic;
    default:
      return topic;
  }
}

/** A code that a newer version stored has no topic. */
function topicOf(code: string): TopicId {
  if (isFindingCode(code)) return CATALOGUE[code].topic;
  return isFailureKind(code) ? topicByFailure[code] : "overview";
}

const topicByFailure: Readonly<Record<FailureKind, TopicId>> = {
  app_blocked: "app-blocked",
  misconfigured: "app-secret",
  unreadable: "step-5",
  unreachable: "verify",
  throttled: "verify",
  malformed: "verify",
};

function isFailureKind(code: string): code is FailureKind {
  return Object.hasOwn(topicByFailure, code);
}

/** Why Meta refused the phone number or the account, where it has a topic of its own. */
const topicByRefusal: Readonly<Partial<Record<Refusal, TopicId>>> = { restricted: "live", dead: "step-4" };

/** Settings that make Meta refuse every request of the bot, where they have a topic of their own. */
const topicByMistake: Readonly<Partial<Record<Misconfiguration, TopicId>>> = {
  address: "allow-list",
  two_factor: "two-factor",
  version: "errors",
};

/** A finding, or a failure with its kind as the code. */
interface FindingOrFailure {
  readonly code: string;
  readonly why?: string | undefined;
  readonly evidence?: Evidence | null;
}
