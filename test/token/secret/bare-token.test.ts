import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareToken } from "../../../src/token/secret/bare-token.ts";
import { fakeToken } from "../../support/fake-token.ts";

const TOKEN = fakeToken("bare");

describe("what people copy together with a token", () => {
  it.each([
    [` ${TOKEN}\n`, []],
    [`"${TOKEN}"`, ["quotation marks"]],
    [`\u201c${TOKEN}\u201d`, ["quotation marks"]],
    [`\u201e${TOKEN}\u201c`, ["quotation marks"]],
    [`"${TOKEN}\u201d`, ["quotation marks"]],
    [`\`\`\`${TOKEN}\`\`\``, ["quotation marks"]],
    [`Bearer ${TOKEN}`, ["the word Bearer"]],
    [`bearer  ${TOKEN}`, ["the word Bearer"]],
    [`WHATSAPP_ACCESS_TOKEN=${TOKEN}`, ["the name with its equals sign"]],
    [`export TOKEN = "${TOKEN}"`, ["the name with its equals sign", "quotation marks"]],
    [`'TOKEN="Bearer ${TOKEN}"'`, ["quotation marks", "the name with its equals sign", "the word Bearer"]],
  ])("%j is taken off, and named", (text, removed) => {
    expect(bareToken(text)).toEqual({ token: TOKEN, removed });
  });

  it.each([`"${TOKEN}`, `${TOKEN},`, `{"token":"${TOKEN}"}`, `${TOKEN.slice(0, 60)}==`, "", '"'])(
    "%j is left as it is",
    (text) => {
      expect(bareToken(text)).toEqual({ token: text, removed: [] });
    },
  );

  it("comes off in any order and depth", () => {
    const wraps = fc.array(
      fc.constantFrom<(text: string) => string>(
        (text) => `"${text}"`,
        (text) => `\u2018${text}\u2019`,
        (text) => `Bearer ${text}`,
        (text) => `TOKEN=${text}`,
        (text) => ` ${text} `,
      ),
      { maxLength: 7 },
    );
    fc.assert(
      fc.property(wraps, (layers) => {
        expect(bareToken(layers.reduce((text, wrap) => wrap(text), TOKEN)).token).toBe(TOKEN);
      }),
    );
  });
});
