import { describe, expect, it } from "vitest";
import { containsTokenShape, redact, trimToken } from "../../../src/token/secret/shape.ts";
import { fakeToken } from "../../support/fake-token.ts";

const TOKEN = fakeToken("shape");
const BODY = TOKEN.slice(3);
const APP_ID = "1".repeat(15);

it("outer white space is no part of a token", () => {
  expect(trimToken(` \t${TOKEN}\r\n`)).toBe(TOKEN);
});

describe("what is token-shaped is found anywhere and replaced", () => {
  it.each([
    ["a token", `bad ${TOKEN}!`, "bad [redacted]!"],
    ["an old token", `CAA${BODY} x`, "[redacted] x"],
    ["an Instagram token", `(IGAA${BODY})`, "([redacted])"],
    ["a Threads token", `THAA${BODY}`, "[redacted]"],
    ["after an underscore", `my_${TOKEN}`, "my_[redacted]"],
    ["an app token", `${APP_ID}|${BODY.slice(0, 32)}`, "[redacted]"],
    ["an app token in an address", `${APP_ID}%7c${BODY.slice(0, 32)}`, "[redacted]"],
    ["a Slack bot token", `xoxb-${"tokenshape".repeat(2)}`, "[redacted]"],
    ["a Slack app token", `xapp-${"tokenshape".repeat(2)}`, "[redacted]"],
    ["a long run of letters and digits", `x ${BODY.slice(0, 80)} y`, "x [redacted] y"],
    ["parameters", "?access_token=a&input_token=b c", "?access_token=[redacted]&input_token=[redacted] c"],
    ["secret parameters", "client_secret=a appsecret_proof=b", "client_secret=[redacted] appsecret_proof=[redacted]"],
    ["two of them", `${TOKEN} ${TOKEN}`, "[redacted] [redacted]"],
  ])("%s", (_name, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it("is told again and again, with no memory between calls", () => {
    expect([1, 2, 3].map(() => containsTokenShape(`guide ${TOKEN}`))).toEqual([true, true, true]);
  });

  it.each(["guide expired", "check orders-prod", APP_ID, "EAA", "a sentence of usual words, 100000000000042 included"])(
    "%s is left as it is",
    (text) => {
      expect(redact(text)).toBe(text);
      expect(containsTokenShape(text)).toBe(false);
    },
  );
});
