import type { FaultName, Service, TokenVerb, TokenView } from "../../protocol/world-view.ts";

/** The text of each verb's button. */
export const VERB_WORDS: Readonly<Record<TokenVerb, string>> = {
  revoke: "Revoke",
  expire: "Expire",
  remove_scope: "Remove a permission",
  unassign: "Unassign the account",
  block_sending: "Block sending",
  rotate: "Deploy a new token",
};

export const SERVICE_WORDS: Readonly<Record<Service, string>> = { graph: "Meta’s Graph API", slack: "Slack" };

/** The service in a sentence. */
export const SERVICE_NAMES: Readonly<Record<Service, string>> = { graph: "Meta", slack: "Slack" };

export const FAULT_WORDS: Readonly<Record<FaultName, string>> = {
  slow: "Slow",
  limited: "Limited (429)",
  broken: "Broken (500)",
  garbage: "Invalid answers",
  away: "Unreachable",
};

/** What the bot does while a service has this fault. */
export function faultEffect(service: Service, fault: FaultName): string {
  if (service === "graph") return fault === "slow" ? "Checks take longer." : "The bot cannot check tokens.";
  return fault === "slow"
    ? "The bot’s messages arrive a second later."
    : "The bot keeps its messages and sends them later.";
}

/** The problems of a token apart from its expiry; empty when there are none. */
export function troublesOf({ missingScopes, ownApp, assigned, sending }: TokenView): readonly string[] {
  return [
    ...missingScopes.map((scope) => `permission ${scope} is missing`),
    ...(ownApp ? [] : ["belongs to another Meta app"]),
    ...(assigned ? [] : ["its user is not assigned to the WhatsApp account"]),
    ...(sending === "blocked" ? ["Meta blocks sending"] : []),
  ];
}
