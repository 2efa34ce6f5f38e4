import type { ConfigResult } from "../config/load.ts";
import { variableOf } from "../config/problem.ts";
import type { VariableName } from "../config/variables.ts";
import { DOTENV } from "./configuration.ts";
import type { Line } from "./doctor-line.ts";

/** With one of them in place others could read what a request holds, so none is made. */
const UNSAFE = ["NODE_DEBUG", "NODE_TLS_REJECT_UNAUTHORIZED"] as const;

/** Whatever leaves this machine goes by these. */
const OUTSIDE = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", ...UNSAFE] as const;

/** What the doctor looks at, by what must be right before it can. */
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
  // The right watches of a watchlist can be read while others are wrong.
  Token: ["WHATSAPP_ACCESS_TOKEN", "WHATSAPP_TOKEN_SOURCE"],
} as const satisfies Readonly<Record<string, readonly (VariableName | (typeof UNSAFE)[number])[]>>;

export type Part = keyof typeof PARTS;

/** Gives the line for a part that cannot be looked at while something is wrong; undefined for one that can. */
export const blockedBy = (result: ConfigResult): ((part: Part) => Line | undefined) => {
  const wrong = new Set(result.ok ? [] : result.problems.map(variableOf));
  return (part) => {
    const names = [DOTENV, ...PARTS[part]].filter((name) => wrong.has(name));
    return names.length === 0
      ? undefined
      : { status: "not_tried", topic: part, text: `${names.join(" and ")} must be right first.` };
  };
};
