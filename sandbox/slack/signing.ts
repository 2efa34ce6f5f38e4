import { createHmac } from "node:crypto";

/**
 * Slack's request signature: `v0=` + HMAC-SHA256 of `v0:timestamp:body` (docs.slack.dev, "Verifying requests from Slack").
 * The timestamp is in seconds since 1970.
 */
export function signRequest(signingSecret: string, timestampSeconds: number, body: string): Record<string, string> {
  const digest = createHmac("sha256", signingSecret).update(`v0:${timestampSeconds}:${body}`).digest("hex");
  return {
    "x-slack-request-timestamp": String(timestampSeconds),
    "x-slack-signature": `v0=${digest}`,
  };
}
