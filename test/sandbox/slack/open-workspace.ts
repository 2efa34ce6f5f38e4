import { WebClient } from "@slack/web-api";
import { onTestFinished } from "vitest";
import { createClock } from "../../../sandbox/clock.ts";
import type { WorkspaceOptions } from "../../../sandbox/slack/options.ts";
import { openSlackWorkspace } from "../../../sandbox/slack/workspace.ts";
import type { SlackWorkspace } from "../../../sandbox/slack/workspace.ts";
import { quiet } from "./quiet.ts";

/** Opens a workspace for one test and closes it when the test ends. */
export async function openWorkspace(options: Partial<WorkspaceOptions> = {}): Promise<SlackWorkspace> {
  const workspace = await openSlackWorkspace({ clock: createClock(new Date("2026-11-22T08:00:00Z")), ...options });
  onTestFinished(() => workspace.close());
  return workspace;
}

/** The real client, without retries. */
export function clientOf(workspace: SlackWorkspace, token: string = workspace.botToken, timeout = 0): WebClient {
  return new WebClient(token, {
    slackApiUrl: workspace.apiUrl,
    logger: quiet,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
  });
}
