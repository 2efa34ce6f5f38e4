import { WebAPIPlatformError } from "@slack/web-api";
import { deliveryFailure } from "./failures.ts";

/**
 * True when the error that the outbox keeps of a failed delivery is a refusal, which only a person can end: Slack's
 * word, with or without a remedy behind it. Everything else is a sentence, or the word of a stumble that passes.
 */
export const isRefusal = (error: string): boolean => {
  const word = /^[a-z][a-z0-9_:.-]*(?=$| \()/.exec(error)?.[0];
  if (word === undefined) return false;
  return deliveryFailure(new WebAPIPlatformError({ ok: false, error: word })).kind === "refused";
};
