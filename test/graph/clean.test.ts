import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean } from "../../src/graph/clean.ts";
import { holdSecrets } from "../../src/token/secret/held.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import { containsTokenShape } from "../../src/token/secret/shape.ts";
import { fakeToken } from "../support/fake-token.ts";

const TOKEN = fakeToken("clean");
/** A token of a form that does not exist yet. */
const ODD = `zq-${fakeToken("odd", 60).slice(3)}/+=`;
const APP_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
holdSecrets([new Secret(TOKEN), new Secret(ODD), new Secret(APP_SECRET), new Secret("short")]);

describe("texts from Graph are made safe to keep", () => {
  it.each([
    ["plain words", "Example Notifier", "Example Notifier"],
    ["the token", `Malformed access token ${TOKEN}`, "Malformed access token [redacted]"],
    ["another token", `got ${fakeToken("other")} instead`, "got [redacted] instead"],
    ["a token of unknown shape", `bad ${ODD}!`, "bad [redacted]!"],
    ["its beginning only", `bad ${ODD.slice(0, 30)}…`, "bad [redacted]…"],
    ["it in a query", `bad ${encodeURIComponent(ODD)}.`, "bad [redacted]."],
    ["the app secret", `secret ${APP_SECRET}${APP_SECRET}`, "secret [redacted][redacted]"],
    [
      "an address with a query",
      "see https://graph.example/a?access_token=1&x=2 now",
      "see https://graph.example/a now",
    ],
    ["a token cut by invisible characters", `${TOKEN.slice(0, 9)}\u200b${TOKEN.slice(9)}`, "[redacted]"],
    ["control characters", "one\r\n\ttwo\u0000\u001b[31m\u2028three", "one two [31m three"],
    ["a text turned around", "safe\u202egnp.exe", "safegnp.exe"],
    ["half a character", "bad \ud800 end", "bad \ufffd end"],
    ["a short secret's word", "short", "short"],
  ])("%s", (_name, text, expected) => {
    expect(clean(text, 300)).toBe(expected);
  });

  it.each([
    ["x".repeat(70), 10, `${"x".repeat(9)}…`],
    ["ab\u{1f600}cd", 4, "ab…"],
    ["whatsapp_business_management", 12, "whatsapp_bu…"],
  ])("%s is cut to %i", (text, longest, expected) => {
    expect(clean(text, longest)).toBe(expected);
  });

  it("a megabyte of noise is fast", () => {
    const started = performance.now();
    expect(clean(`${"1".repeat(500_000)}|${"http://".repeat(70_000)}`, 300).length).toBeLessThanOrEqual(300);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("no text of token form passes, however plain it looks", () => {
    const words = fc.stringMatching(/^[A-Za-z0-9_ |%-]{0,90}$/);
    const prefixed = fc.tuple(fc.constantFrom("EAA", "CAA", "A", "IGAA", "xoxb-", `${"1".repeat(15)}|`), words);
    const plain = fc.stringMatching(
      /^(?:[a-z_]{1,70}|[A-Z_]{1,50}|\d{1,30}|A[0-9A-Za-z]{0,90}|[A-Za-z]{1,25}( [A-Za-z]{1,25}){0,6})$/,
    );
    fc.assert(
      fc.property(
        fc.oneof(
          plain,
          words,
          prefixed.map((parts) => parts.join("")),
        ),
        (text) => {
          expect(containsTokenShape(clean(text, 300))).toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
