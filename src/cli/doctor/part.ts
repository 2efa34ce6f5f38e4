import type { ConfigResult } from "../../config/load.ts";
import { variableOf } from "../../config/problem.ts";
import type { VariableName } from "../../config/variables.ts";
import { DOTENV } from "../configuration.ts";
import type { Line } from "./line.ts";

export type Part = keyof typeof PARTS;

/** Returns a line for a part that cannot be checked because of problems; undefined for a part that can. */
export function blockedBy(result: ConfigResult): (part: Part) => Line | undefined {
  const wrong = new Set(result.ok ? [] : result.problems.map(variableOf));
  return (part) => {
    const names = [DOTENV, ...PARTS[part]].filter((name) => wrong.has(name));
    return names.length === 0
      ? undefined
      : { status: "not_tried", topic: part, text: `fix ${names.join(" and ")} first.` };
  };
}

/** While one of these is set, others could read the content of requests, so doctor sends none. */
const UNSAFE = ["NODE_DEBUG", "NODE_TLS_REJECT_UNAUTHORIZED"] as const;

/** All outgoing requests depend on these variables. */
const OUTSIDE = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", ...UNSAFE] as const;

/** The parts of the report, each with the variables that must be valid first. */
const PARTS = {
  Store: ["DATABASE_URL"],
  "Slack bot token": ["SLACK_BOT_TOKEN", "SLACK_API_URL", ...OUTSIDE],
  "Slack app token": ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", ...OUTSIDE],
  "Slack answers": ["SLACK_BOT_TOKEN", "SLACK_API_URL", ...OUTSIDE],
  "Alert channel": ["SLACK_BOT_TOKEN", "SLACK_API_URL", "ALERT_CHANNEL", ...OUTSIDE],
  People: ["ALLOWED_USERS", "ONCALL", "ESCALATE_TO"],
  Meta: ["GRAPH_API_URL", "GRAPH_API_VERSION", ...OUTSIDE],
  "Meta app": ["META_APP_ID", "META_APP_SECRET"],
  Watches: ["WHATSAPP_ACCESS_TOKEN", "WHATSAPP_TOKEN_SOURCE", "WATCHLIST"],
  // Without WATCHLIST, because the valid watches can be checked while other entries have problems.
  Token: ["WHATSAPP_ACCESS_TOKEN", "WHATSAPP_TOKEN_SOURCE"],
} as const satisfies Readonly<Record<string, readonly (VariableName | (typeof UNSAFE)[number])[]>>;
