import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import {
  askedPauseMs,
  isRateLimit,
  isTooLate,
  refusalWord,
  troubleText,
} from "../../../src/slack/transport/trouble.ts";
import { holdSecrets } from "../../../src/token/secret/held.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";

const refusal = (error: string): WebAPIPlatformError => new WebAPIPlatformError({ ok: false, error });
const coded = (code: string): Error => Object.assign(new Error("https://host/secret"), { code });
const fetchFailed = (cause: Error): Error => new TypeError("fetch failed", { cause });
const late = new DOMException("The operation was aborted due to timeout", "TimeoutError");

describe("what went wrong with a call to Slack", () => {
  it.each<[string, unknown, string]>([
    ["a word of Slack's", refusal("not_in_channel"), "not_in_channel"],
    ["a page in place of a word", refusal("<html><body>Sign in</body></html>"), "The answer does not come from Slack"],
    ["no word", refusal(""), "The answer does not come from Slack"],
    ["an HTTP status", new WebAPIHTTPError(502, "Bad Gateway", {}, "<html>"), "Slack answered HTTP 502"],
    [
      "the status of a filter",
      new WebAPIHTTPError(403, "Forbidden", {}, "<html>"),
      "HTTP 403 came in place of Slack's answer; a proxy or filter may have answered",
    ],
    [
      "a name that cannot be resolved",
      new WebAPIRequestError(fetchFailed(coded("ENOTFOUND"))),
      "Slack could not be reached (ENOTFOUND)",
    ],
    [
      "a certificate of nobody we trust",
      new WebAPIRequestError(fetchFailed(coded("SELF_SIGNED_CERT_IN_CHAIN"))),
      "Slack could not be reached (SELF_SIGNED_CERT_IN_CHAIN; set NODE_EXTRA_CA_CERTS to your company's root certificate)",
    ],
    [
      "an answer that a response_url did not take",
      fetchFailed(coded("ECONNREFUSED")),
      "Slack could not be reached (ECONNREFUSED)",
    ],
    ["no connection", new WebAPIRequestError(new Error("fetch failed")), "Slack could not be reached (no connection)"],
    ["no answer", new WebAPIRequestError(late), "Slack did not answer in time"],
    ["half an answer", late, "Slack did not answer in time"],
    ["a rate limit", new WebAPIRateLimitedError(30), "Slack asks to wait (rate limited)"],
    ["a rate limit as a word", refusal("ratelimited"), "Slack asks to wait (rate limited)"],
    ["an error with line breaks", new Error("one\n  two"), "one two"],
    ["an address with a ticket", new Error("wss://a.test/?ticket=1 failed"), "wss://a.test/ failed"],
    ["something thrown that is no error", "a string", "a string"],
  ])("is one plain line for %s", (_name, error, text) => {
    expect(troubleText(error)).toBe(text);
  });

  it.each<[string, unknown, boolean]>([
    ["an old trigger", refusal("expired_trigger_id"), true],
    ["no answer", new WebAPIRequestError(late), true],
    ["half an answer", late, true],
    ["another refusal", refusal("invalid_trigger_id"), false],
    ["an HTTP status", new WebAPIHTTPError(500, "Broken", {}, ""), false],
    ["a rate limit", new WebAPIRateLimitedError(30), false],
    ["a page in place of an answer", refusal("<html><body>Sign in</body></html>"), false],
    ["no call", undefined, false],
  ])("tells whether a form was too late: %s", (_name, error, isLate) => {
    expect(isTooLate(error)).toBe(isLate);
  });

  it("is short and holds no token", () => {
    const token = fakeToken("trouble");
    const text = troubleText(new Error(`${token} ${"x".repeat(10_000)}`));
    expect(text.length).toBeLessThanOrEqual(200);
    expect(text).not.toContain(token.slice(0, 20));
  });

  it("does not treat a piece of our own secret as an error code of Slack", () => {
    const signingSecret = "f0e1d2c3b4a5968778695a4b3c2d1e0f";
    holdSecrets([new Secret(signingSecret)]);
    for (const piece of [signingSecret, signingSecret.slice(4, 20), `not_${signingSecret.slice(0, 12)}`]) {
      expect(refusalWord(refusal(piece))).toBeUndefined();
      expect(troubleText(refusal(piece))).toBe("The answer does not come from Slack");
      expect(troubleText(new Error(piece))).toContain("[redacted]");
    }
  });

  it("has the wait that Slack asked for, or none", () => {
    expect(askedPauseMs(new WebAPIRateLimitedError(45))).toBe(45_000);
    for (const error of [new WebAPIRateLimitedError(0), refusal("ratelimited"), new Error("x"), undefined])
      expect(askedPauseMs(error)).toBe(0);
  });

  it("distinguishes an error code of Slack from any other error", () => {
    expect(refusalWord(refusal("restricted_action_read_only_channel"))).toBe("restricted_action_read_only_channel");
    for (const error of [refusal("<html>"), new Error("not_in_channel"), undefined])
      expect(refusalWord(error)).toBeUndefined();
    expect(isRateLimit(new Error("rate"))).toBe(false);
  });
});
