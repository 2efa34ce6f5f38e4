import type { Logger as SlackLogger } from "@slack/bolt";
import { LogLevel } from "@slack/bolt";
import type { Logger } from "pino";
import { redact } from "../token/shape.ts";

const textOf = (parts: readonly unknown[]): string =>
  redact(parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" ")).slice(0, 500);

/** Who made the call or keeps the socket tells its failure, with the cause; these would be more lines at every try. */
const TOLD_ELSEWHERE = ["http request failed", "Failed to retrieve a new WSS URL", "WebSocket error"];

const isToldElsewhere = ([first]: readonly unknown[]): boolean =>
  typeof first === "string" && TOLD_ELSEWHERE.some((start) => first.startsWith(start));

/**
 * Slack's libraries log through ours. Never below info: their debug lines print whole payloads, typed modal input
 * and socket frames included (bolt 5.1.0, socket-mode 3.1.0; read 2026-11).
 */
export const slackLogger = (log: Logger): SlackLogger => ({
  debug: () => undefined,
  info: (...parts) => log.debug({ slack: textOf(parts) }, "Slack library note"),
  warn: (...parts) => log[isToldElsewhere(parts) ? "debug" : "warn"]({ slack: textOf(parts) }, "Slack library warning"),
  error: (...parts) => log[isToldElsewhere(parts) ? "debug" : "warn"]({ slack: textOf(parts) }, "Slack library error"),
  setLevel: () => undefined,
  getLevel: () => LogLevel.INFO,
  setName: () => undefined,
});
