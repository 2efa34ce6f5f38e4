import type { FaultName, Service, TokenVerb, TokenView } from "../../protocol/world-view.ts";

/** What a button says, and what is said of it for those who do not see its card. */
export const VERB_WORDS: Readonly<Record<TokenVerb, string>> = {
  revoke: "Revoke",
  expire: "Expire",
  remove_scope: "Remove a scope",
  unassign: "Unassign the account",
  block_sending: "Block sending",
  rotate: "Rotate",
};

export const SERVICE_WORDS: Readonly<Record<Service, string>> = { graph: "Meta’s Graph API", slack: "Slack" };

export const FAULT_WORDS: Readonly<Record<FaultName, string>> = {
  slow: "Slow",
  limited: "Limited (429)",
  broken: "Broken (500)",
  garbage: "Garbage",
  away: "Away",
};

/** What is wrong with a token besides its end; empty when nothing is. */
export const troublesOf = ({ missingScopes, ownApp, assigned, sending }: TokenView): readonly string[] => [
  ...missingScopes.map((scope) => `misses ${scope}`),
  ...(ownApp ? [] : ["is of another Meta app"]),
  ...(assigned ? [] : ["its user may not use the WhatsApp account"]),
  ...(sending === "blocked" ? ["Meta blocks sending"] : []),
];
