import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { deliveryFailure } from "../../../../src/slack/messages/alert/failures.ts";
import { isRefusal } from "../../../../src/slack/messages/alert/refusal.ts";
import { describeDeliveryFailure } from "../../../../src/outbox/retry-delay.ts";

const slackSays = (error: string): Error => new WebAPIPlatformError({ ok: false, error });

describe("the kept error of a delivery", () => {
  it.each<[string, Error, boolean]>([
    ["a channel without the bot", slackSays("not_in_channel"), true],
    ["an archived channel", slackSays("is_archived"), true],
    ["a channel that restricts who posts", slackSays("restricted_action_read_only_channel"), true],
    ["a word that nobody knows", slackSays("something_new"), true],
    ["a stumble of Slack's", slackSays("internal_error"), false],
    ["a token that was taken back", slackSays("token_revoked"), false],
    ["a message that is gone", slackSays("message_not_found"), false],
    ["a limit", new WebAPIRateLimitedError(30), false],
    ["an outage", new WebAPIHTTPError(503, "Service Unavailable", {}), false],
    ["no connection", new WebAPIRequestError(new Error("connect ECONNREFUSED")), false],
  ])("of %s is a refusal: %#", (_, error, refused) => {
    expect(isRefusal(describeDeliveryFailure(deliveryFailure(error)))).toBe(refused);
  });
});
