// Sends `/wa-token help` as Slack does: one signed request, whose answer arrives through the response_url.
import { createHmac } from "node:crypto";
import type { Pool } from "undici";
import { SIGNING_SECRET } from "./servers.ts";
import type { SlackDouble } from "./slack-double.ts";

const form = (responseUrl: string): string =>
  new URLSearchParams({
    command: "/wa-token",
    text: "help",
    response_url: responseUrl,
    trigger_id: "1.2.3",
    user_id: "U0BENCH",
    team_id: "T1",
    channel_id: "C0BENCH",
    api_app_id: "A0BENCH",
  }).toString();

/** Returns the milliseconds until the acknowledgement and until the answer. */
export const ask = async (pool: Pool, slack: SlackDouble): Promise<readonly [number, number]> => {
  const { url, arrived } = slack.expectAnswer();
  const body = form(url);
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest("hex");
  const startedMs = performance.now();
  const response = await pool.request({
    path: "/slack/events",
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${signature}`,
    },
    body,
  });
  await response.body.dump();
  if (response.statusCode !== 200) throw new Error(`the server answered ${response.statusCode}`);
  const ackMs = performance.now() - startedMs;
  return [ackMs, (await arrived) - startedMs];
};
