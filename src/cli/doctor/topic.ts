import type { ConfigResult } from "../../config/load.ts";
import { variableOf } from "../../config/problem.ts";
import type { VariableName } from "../../config/variables.ts";
import { DOTENV } from "../configuration.ts";
import type { Line } from "./line.ts";

/** The first words of a line of the report. */
export type Topic = keyof typeof TOPICS;

/**
 * Returns a function that finds the reason why a topic cannot be checked: a line that names the wrong variables, or
 * undefined when all variables of the topic are valid.
 */
export function blockedBy(result: ConfigResult): (topic: Topic) => Line | undefined {
  const wrong = new Set(result.ok ? [] : result.problems.map(variableOf));
  return (topic) => {
    const names = [DOTENV, ...TOPICS[topic]].filter((name) => wrong.has(name));
    return names.length === 0 ? undefined : { status: "not_tried", topic, text: `fix ${names.join(" and ")} first.` };
  };
}

/** While one of these is set, others could read the content of requests, so doctor sends none. */
const UNSAFE = ["NODE_DEBUG", "NODE_TLS_REJECT_UNAUTHORIZED"] as const;

/** All outgoing requests depend on these variables. */
const NETWORK_VARIABLES = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", ...UNSAFE] as const;

/** The topics of the report, each with the variables that must be valid first. */
const TOPICS = {
  Store: ["DATABASE_URL"],
  "Slack bot token": ["SLACK_BOT_TOKEN", "SLACK_API_URL", ...NETWORK_VARIABLES],
  "Slack transport": ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", ...NETWORK_VARIABLES],
  "Slack answers": ["SLACK_BOT_TOKEN", "SLACK_API_URL", ...NETWORK_VARIABLES],
  "Alert channel": ["SLACK_BOT_TOKEN", "SLACK_API_URL", "ALERT_CHANNEL", ...NETWORK_VARIABLES],
  People: ["ALLOWED_USERS", "ADMIN_USERS", "ONCALL", "ESCALATE_TO"],
  Renewals: ["ADMIN_USERS"],
  Meta: ["GRAPH_API_URL", "GRAPH_API_VERSION", ...NETWORK_VARIABLES],
  "Meta app": ["META_APP_ID", "META_APP_SECRET"],
  Watches: ["WHATSAPP_ACCESS_TOKEN", "WHATSAPP_TOKEN_SOURCE", "WATCHLIST"],
  // Without WATCHLIST, because the valid watches can be checked while other entries have problems.
  Token: ["WHATSAPP_ACCESS_TOKEN", "WHATSAPP_TOKEN_SOURCE"],
  Renewal: ["RENEW_WRITE", "RENEW_PROOF"],
  Proof: NETWORK_VARIABLES,
} as const satisfies Readonly<Record<string, readonly (VariableName | (typeof UNSAFE)[number])[]>>;
