import type { Logger as SlackLogger } from "@slack/bolt";
import { LogLevel } from "@slack/bolt";
import type { Logger } from "pino";
import { redact } from "../../token/secret/shape.ts";

/**
 * Sends the logs of Slack's libraries to the bot's logger. Never below info: their debug lines print whole payloads,
 * including typed modal input and socket frames (bolt 5.1.0, socket-mode 3.1.0; read 2026-11).
 */
export function slackLogger(log: Logger): SlackLogger {
  return {
    debug: () => undefined,
    info: (...parts) => log.debug({ slack: textOf(parts) }, "Slack library note"),
    warn: (...parts) =>
      log[isLoggedElsewhere(parts) ? "debug" : "warn"]({ slack: textOf(parts) }, "Slack library warning"),
    error: (...parts) =>
      log[isLoggedElsewhere(parts) ? "debug" : "warn"]({ slack: textOf(parts) }, "Slack library error"),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

function textOf(parts: readonly unknown[]): string {
  return redact(parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" ")).slice(0, 500);
}

/** Failures that the caller or the keeper logs with their cause. Without this list, each try would log two lines. */
const LOGGED_ELSEWHERE = ["http request failed", "Failed to retrieve a new WSS URL", "WebSocket error"];

function isLoggedElsewhere([first]: readonly unknown[]): boolean {
  return typeof first === "string" && LOGGED_ELSEWHERE.some((start) => first.startsWith(start));
}
