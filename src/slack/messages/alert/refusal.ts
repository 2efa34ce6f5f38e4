import { WebAPIPlatformError } from "@slack/web-api";
import { deliveryFailure } from "./failures.ts";

/**
 * True when the stored error of a failed delivery is a refusal, which only a person can fix. A refusal is Slack's error
 * code, with or without a remedy after it. Any other error is a sentence, or the code of a problem that passes.
 */
export function isRefusal(error: string): boolean {
  const word = /^[a-z][a-z0-9_:.-]*(?=$| \()/.exec(error)?.[0];
  if (word === undefined) return false;
  return deliveryFailure(new WebAPIPlatformError({ ok: false, error: word })).kind === "refused";
}
