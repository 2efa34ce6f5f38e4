import { WebAPIPlatformError } from "@slack/web-api";
import { redact } from "../../token/secret/shape.ts";
import { troubleText } from "./trouble.ts";

/** For logs: Slack's error code (`not_found`, `expired_trigger_id`), or a sentence about the failed connection. */
export function slackErrorWord(error: unknown): string {
  // A body that is not JSON arrives whole in `data.error` (web-api 8.2.0; tried 2026-11).
  if (error instanceof WebAPIPlatformError) return redact(error.data.error).slice(0, 80);
  return troubleText(error);
}
