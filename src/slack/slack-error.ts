import { WebAPIPlatformError } from "@slack/web-api";
import { redact } from "../token/shape.ts";
import { troubleText } from "./trouble.ts";

/** Slack's word for why a call failed (`not_found`, `expired_trigger_id`), or what happened on the way. For logs. */
export const slackErrorWord = (error: unknown): string => {
  // A body that is not JSON arrives whole in `data.error` (web-api 8.2.0; tried 2026-11).
  if (error instanceof WebAPIPlatformError) return redact(error.data.error).slice(0, 80);
  return troubleText(error);
};
