import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { contentRefusal, deliveryFailure, refusalDetails } from "../../../../src/slack/messages/alert/failures.ts";
import { createAlertClient } from "../../../../src/slack/transport/clients.ts";
import { Secret } from "../../../../src/token/secret/secret.ts";
import { fakeToken } from "../../../support/fake-token.ts";
import { keepLog } from "../../../support/keep-log.ts";
import { openLocalSlack } from "../../support/local-slack.ts";

const refusal = (error: string): WebAPIPlatformError => new WebAPIPlatformError({ ok: false, error });

describe("what Slack's refusal means for the outbox", () => {
  it.each([
    ["channel_not_found", "check its id"],
    ["not_in_channel", "invite the bot"],
    ["is_archived", "choose another channel"],
    ["is_inactive", "choose another channel"],
    ["restricted_action", "let apps post"],
    ["restricted_action_read_only_channel", "let apps post"],
    ["restricted_action_thread_only_channel", "let apps post"],
    ["restricted_action_non_threadable_channel", "let apps answer in threads"],
    ["ekm_access_denied", "admin"],
    ["missing_scope", "reinstall the app"],
    ["message_limit_exceeded", "over Slack's message limit"],
    ["team_not_found", "use the channel's id"],
    ["messages_tab_disabled", "Messages tab"],
    ["cannot_dm_bot", "choose another channel"],
    ["user_not_found", "choose another channel"],
    ["user_disabled", "choose another channel"],
  ])("%s: a person must act, and gets the remedy", (word, remedy) => {
    const failure = deliveryFailure(refusal(word));
    expect(failure).toEqual({ kind: "refused", error: expect.stringMatching(new RegExp(`^${word} \\(.*\\)$`)) });
    expect(failure).toMatchObject({ error: expect.stringContaining(remedy) });
  });

  it.each([
    "msg_too_long",
    "msg_blocks_too_long",
    "invalid_blocks",
    "invalid_blocks_format",
    "metadata_too_large",
    "invalid_metadata_format",
    "user_not_in_channel",
    "no_text",
    "a_word_of_next_year",
    "constructor",
  ])("%s: about this one message, so the channel's others go on", (word) => {
    expect(deliveryFailure(refusal(word))).toEqual({ kind: "refused", error: word });
  });

  it.each(["message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"])(
    "%s: a new message takes its place",
    (word) => {
      expect(deliveryFailure(refusal(word))).toEqual({ kind: "message_gone", error: word });
    },
  );

  it.each([
    "token_revoked",
    "account_inactive",
    "invalid_auth",
    "not_authed",
    "token_expired",
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
  ])("%s: no call succeeds, so everything waits", (word) => {
    expect(deliveryFailure(refusal(word))).toEqual({ kind: "away", error: word });
  });

  it.each<[string, unknown, number]>([
    ["a Retry-After", new WebAPIRateLimitedError(45), 45_000],
    ["a Retry-After of nothing", new WebAPIRateLimitedError(0), 30_000],
    ["the word ratelimited", refusal("ratelimited"), 30_000],
    ["the word rate_limited", refusal("rate_limited"), 30_000],
  ])("waits after %s", (_name, error, retryAfterMs) => {
    expect(deliveryFailure(error)).toEqual({ kind: "rate_limited", retryAfterMs });
  });

  it.each([{ "retry-after": "soon" }, {}])("waits after HTTP 429 with the headers %j", async (headers) => {
    const { apiUrl } = await openLocalSlack(() => ({ status: 429, headers }));
    const client = createAlertClient({ botToken: new Secret("xoxb-sandbox"), apiUrl, log: keepLog().log, fetch });
    const error = await client.chat.postMessage({ channel: "C1", text: "x" }).catch((caught: unknown) => caught);
    expect(deliveryFailure(error)).toEqual({ kind: "rate_limited", retryAfterMs: 30_000 });
  });

  it.each<[string, unknown, string]>([
    ["HTTP 503", new WebAPIHTTPError(503, "Unavailable", {}), "Slack answered HTTP 503"],
    ["no connection", new WebAPIRequestError(new Error("fetch failed")), "Slack could not be reached (no connection)"],
    [
      "a refused connection",
      new WebAPIRequestError(
        new TypeError("fetch failed", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) }),
      ),
      "Slack could not be reached (ECONNREFUSED)",
    ],
    ["a proxy's page", refusal("<html>Sign in</html>"), "The answer does not come from Slack"],
    ["anything else", new TypeError("x is not a function"), "x is not a function"],
    ["no error at all", undefined, "undefined"],
  ])("tries again later after %s", (_name, error, text) => {
    expect(deliveryFailure(error)).toEqual({ kind: "away", error: text });
  });

  it("repeats no token that an error echoes", () => {
    const token = fakeToken("failures");
    for (const error of [refusal(token), new Error(`x ${token}`), new WebAPIRequestError(new Error(token))])
      expect(JSON.stringify(deliveryFailure(error))).not.toContain(token.slice(0, 20));
  });
});

describe("a refusal of what we built", () => {
  it.each([
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_attachments",
    "too_many_attachments",
    "only_one_table_allowed",
    "metadata_too_large",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "msg_too_long",
    "msg_blocks_too_long",
    "attachment_payload_limit_exceeded",
  ])("is %s", (word) => {
    expect(contentRefusal(refusal(word))).toBe(word);
  });

  it.each([refusal("not_in_channel"), refusal("internal_error"), new Error("invalid_blocks"), undefined])(
    "is not %s",
    (error) => {
      expect(contentRefusal(error)).toBeUndefined();
    },
  );

  it("is logged with its place in the message, in short and without secrets", () => {
    const token = fakeToken("details");
    const messages = ["[ERROR] must be shorter [json-pointer:/blocks/0/text]", `x ${token}`, "y ".repeat(450)];
    const error = new WebAPIPlatformError({
      ok: false,
      error: "invalid_blocks",
      response_metadata: { messages: [...messages, "4", "5", "6"] },
    });
    const details = refusalDetails(error);
    expect(details).toHaveLength(5);
    expect(details[0]).toBe(messages[0]);
    expect(details.join(" ")).not.toContain(token.slice(0, 20));
    expect(Math.max(...details.map(({ length }) => length))).toBe(200);
  });

  it.each([refusal("invalid_blocks"), new Error("x"), undefined])(
    "has no details when Slack gives none: %s",
    (error) => {
      expect(refusalDetails(error)).toEqual([]);
    },
  );
});
