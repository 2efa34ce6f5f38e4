import { openCheck } from "../check/open.ts";
import type { SlackDeps } from "./deps.ts";
import { openGuide } from "../guide/open.ts";
import { helpMessage } from "../help/help-view.ts";
import { leakMessage } from "./leak-view.ts";
import { openStatus } from "../status/open.ts";
import { parseCommand } from "./parse-command.ts";
import type { CommandRequest } from "./request.ts";

/** Handles `/wa-token …`. Confirms to Slack before it reads anything, and replies only to the person who asked. */
export async function handleCommand(request: CommandRequest, deps: SlackDeps): Promise<void> {
  await request.ack();
  const parsed = parseCommand(request.text);
  switch (parsed.kind) {
    case "leaked":
      return request.reply(leakMessage());
    case "guide":
      return openGuide(request, parsed.words, deps);
    case "check":
      return openCheck(request, parsed.name, deps);
    case "status":
      return openStatus(request, parsed.name, deps);
    case "help":
      return request.reply(helpMessage(parsed.unknown));
  }
}
