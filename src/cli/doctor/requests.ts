import type { Config } from "../../config/config.ts";
import { reveal, type Secret } from "../../token/secret/secret.ts";
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

/** Warns about a signing secret of another form than Slack's. Slack does not document the form, so it may change. */
export function signingSecretLines(signingSecret: Secret): readonly Line[] {
  const text = reveal(signingSecret);
  if (/^[0-9a-f]{32}$/.test(text)) return [];
  const look = LOOKS.find(({ form }) => form.test(text))?.look ?? `it has ${text.length} characters or other signs`;
  return [
    {
      status: "warning",
      topic: "Signing secret",
      text: `SLACK_SIGNING_SECRET does not look like a signing secret (32 characters, 0-9 and a-f): ${look}. Copy the Signing Secret from Basic Information in the app's settings.`,
    },
  ];
}

/** Other values on the page that shows the signing secret. */
const LOOKS: readonly { readonly form: RegExp; readonly look: string }[] = [
  { form: /^\d+\.\d+$/, look: "it looks like the Client ID" },
  { form: /^A[A-Z0-9]{8,}$/, look: "it looks like the App ID" },
  { form: /^[A-Za-z0-9]{24}$/, look: "it looks like the Verification Token" },
];

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
