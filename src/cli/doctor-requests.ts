import type { Config } from "../config/config.ts";
import { notTried, type Line } from "./doctor-line.ts";

const topic = "Slack transport";

const NOT_KNOWN =
  "HTTP mode: only Slack itself can try the signing secret, when it sends the first request. While the bot runs, doctor beside it says whether requests are refused.";

/** A bot on this machine answers at once. */
const TIMEOUT_MS = 2_000;

/** Every interface can be reached by loopback, one of them by its address only. */
const reachableHost = (host: string): string => {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
};

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

/** What the running bot says of its requests; undefined when none runs here, or another program answers. */
const askBot = async ({ host, port }: Config["ops"]): Promise<unknown> => {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(`http://${reachableHost(host)}:${port}/readyz`, { redirect: "manual", signal });
    const body: unknown = await answer.json();
    return fieldOf(fieldOf(body, "checks"), "requests");
  } catch {
    return undefined;
  }
};

/** In HTTP mode: does the bot that runs here let Slack's requests in? Nothing but a request of Slack can try the secret. */
export const requestsLine = async ({ ops }: Pick<Config, "ops">): Promise<Line> => {
  const check = await askBot(ops);
  const message = fieldOf(check, "message");
  return fieldOf(check, "ok") === false && typeof message === "string"
    ? { status: "problem", topic, text: message }
    : notTried(topic, NOT_KNOWN);
};
