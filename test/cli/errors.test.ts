import { describe, expect, it } from "vitest";
import { unexpectedText, withoutLongWords } from "../../src/cli/errors.ts";
import { fakeToken } from "../support/fake-token.ts";

const token = fakeToken("unexpected");

describe("an unexpected error", () => {
  it.each<[string, unknown, string]>([
    ["a message", new Error("The disk is full"), "wa-token stopped: The disk is full.\n"],
    ["a sentence", new TypeError("Nothing works."), "wa-token stopped: Nothing works.\n"],
    ["several lines", new Error("one\n  two\u0007three"), "wa-token stopped: one   two three.\n"],
    ["a token", new Error(`got ${token}`), "wa-token stopped: got [redacted].\n"],
    [
      "an address",
      new Error("GET https://graph.test/x?a=b failed"),
      "wa-token stopped: GET https://graph.test/x failed.\n",
    ],
    ["nothing", new Error(""), "wa-token stopped: An error without a message.\n"],
    ["no error", { token }, "wa-token stopped: An error without a message.\n"],
  ])("with %s is one plain line without secrets", (_name, error, text) => {
    expect(unexpectedText(error)).toBe(text);
  });
});

describe("a message that repeats what was typed", () => {
  it("keeps short words and drops long ones", () => {
    const secret = "fedcba9876543210".repeat(2);
    expect(withoutLongWords(`error: unknown option '--${secret}'\n(Did you mean --json?)`)).toBe(
      "error: unknown option […]\n(Did you mean --json?)",
    );
  });
});
