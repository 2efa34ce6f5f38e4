import { describe, expect, it } from "vitest";
import { Secret } from "../../src/token/secret.ts";
import { containsTokenShape, redact, shapeProblem, trimToken } from "../../src/token/shape.ts";
import { fakeToken } from "../support/fake-token.ts";

const TOKEN = fakeToken("shape");
const BODY = TOKEN.slice(3);
const APP_ID = "1".repeat(15);

describe("shapes that cannot be a token", () => {
  it.each([
    ["double quotes", `"${TOKEN}"`, /quotation marks/],
    ["typographic quotes", `\u201c${TOKEN}\u201d`, /quotation marks/],
    ["a single quote inside", `${TOKEN}'`, /quotation marks/],
    ["a space inside", `${TOKEN.slice(0, 90)} ${TOKEN.slice(90)}`, /space or line break/],
    ["a line break inside", `${TOKEN.slice(0, 90)}\n${TOKEN.slice(90)}`, /space or line break/],
    ["Instagram", `IGAA${BODY}`, /Instagram/],
    ["Threads", `THAA${BODY}`, /Threads/],
    ["a Slack bot token", `xoxb-sandbox-${BODY}`, /Slack token/],
    ["a Slack app token", `xapp-sandbox-${BODY}`, /Slack token/],
    ["a Slack token that rotates", `xoxe.xoxb-sandbox-${BODY}`, /Slack token/],
    ["a zero-width space inside", `${TOKEN.slice(0, 90)}\u200b${TOKEN.slice(90)}`, /invisible character/],
    ["a byte order mark inside", `${TOKEN.slice(0, 90)}\ufeff${TOKEN.slice(90)}`, /invisible character/],
    ["a word joiner at the end", `${TOKEN}\u2060`, /invisible character/],
    ["a soft hyphen", `${TOKEN.slice(0, 90)}\u00ad${TOKEN.slice(90)}`, /invisible character/],
    ["a variation selector", `${TOKEN}\ufe0f`, /invisible character/],
    ["a control character", `${TOKEN}\u0007`, /invisible character/],
    ["a line of a .env file", `WHATSAPP_ACCESS_TOKEN=${TOKEN}`, /name and an equals sign/],
    ["a quoted one", `WHATSAPP_ACCESS_TOKEN="${TOKEN}"`, /name and an equals sign/],
    ["an exported one", `export TOKEN = ${TOKEN}`, /name and an equals sign/],
    ["a parameter", `access_token=${TOKEN}`, /name and an equals sign/],
    ["an app token", `${APP_ID}|${BODY}`, /app token/],
    ["an id", "1".repeat(60), /looks like an id/],
    ["an id of usual length", APP_ID, /looks like an id/],
    ["48 characters", TOKEN.slice(0, 48), /too short to be a token: 48 characters/],
    ["49 characters", TOKEN.slice(0, 49), /too short/],
    ["nothing", "", /too short to be a token: 0/],
  ])("%s", (_name, value, sentence) => {
    const problem = shapeProblem(new Secret(value));
    expect(problem).toMatch(sentence);
    expect(problem).toMatch(/^It [^"]*\.$/);
    expect(problem).not.toContain(TOKEN.slice(0, 12));
  });

  it.each([
    ["the usual", TOKEN],
    ["an old one", `CAA${BODY}`],
    ["a prefix nobody knows", `ZZZ${BODY}`],
    ["50 characters", TOKEN.slice(0, 50)],
    ["1000 characters", fakeToken("long", 1_000)],
    ["padding", `${TOKEN.slice(0, 54)}==`],
    ["a sign of equality far inside", `${TOKEN.slice(0, 100)}=${TOKEN.slice(100)}`],
    ["signs inside", `${TOKEN}-_.+/=`],
  ])("%s may be one", (_name, value) => {
    expect(shapeProblem(new Secret(value))).toBeUndefined();
  });

  it("outer white space is no part of a token", () => {
    expect(trimToken(` \t${TOKEN}\r\n`)).toBe(TOKEN);
  });
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
    ["a Slack bot token", `xoxb-${"sandbox".repeat(3)}`, "[redacted]"],
    ["a Slack app token", `xapp-${"sandbox".repeat(3)}`, "[redacted]"],
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
