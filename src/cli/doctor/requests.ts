import type { Config } from "../../config/config.ts";
import { notTried, type Line } from "./line.ts";
import type { Topic } from "./topic.ts";

/**
 * Checks in HTTP mode whether the running bot accepts Slack's requests. Only a request from Slack can test the signing
 * secret.
 */
export async function requestsLine({ ops }: Pick<Config, "ops">): Promise<Line> {
  const check = await askBot(ops);
  const message = fieldOf(check, "message");
  return fieldOf(check, "ok") === false && typeof message === "string"
    ? { status: "problem", topic: TRANSPORT, text: message }
    : notTried(TRANSPORT, NOT_KNOWN);
}

/** The topic of Slack's requests to the bot: Socket Mode or HTTP. */
export const TRANSPORT = "Slack transport" satisfies Topic;

const NOT_KNOWN =
  "HTTP mode: only a request from Slack can test the signing secret. Run doctor while the bot runs, to see whether the bot refuses requests.";

/** A bot on this machine answers at once, so a short wait is enough. */
const TIMEOUT_MS = 2_000;

/** A bot that listens on all interfaces is reachable on loopback. A bot on one interface has only that address. */
function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

/** Asks the running bot about its requests. Undefined when no bot runs here, or another program answers. */
async function askBot({ host, port }: Config["ops"]): Promise<unknown> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(`http://${reachableHost(host)}:${port}/readyz`, { redirect: "manual", signal });
    const body: unknown = await answer.json();
    return fieldOf(fieldOf(body, "checks"), "requests");
  } catch {
    return undefined;
  }
}
