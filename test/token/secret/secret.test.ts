import { createHmac } from "node:crypto";
import { format, inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { fingerprintOf, proofOf, reveal, Secret, tailOf } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";

const TOKEN = fakeToken("secret");
const secret = new Secret(TOKEN);

describe("a secret cannot be printed", () => {
  it.each([
    ["String", (): string => String(secret)],
    ["JSON", (): string => JSON.stringify({ deep: [secret] })],
    ["inspection", (): string => inspect({ secret }, { depth: 9, showHidden: true })],
    ["a format", (): string => format("%s %o %j", secret, secret, secret)],
    ["a concatenation", (): string => "".concat(String(["", secret]))],
    ["an error's cause", (): string => inspect(new Error("failed", { cause: secret }))],
    ["its keys", (): string => JSON.stringify([Object.entries(secret), Object.assign({}, secret)])],
    ["a clone", (): string => JSON.stringify(structuredClone({ secret }))],
  ])("by %s", (_name, print) => {
    expect(print()).not.toContain(TOKEN.slice(0, 8));
  });

  it("and is revealed on purpose only", () => {
    expect(reveal(secret)).toBe(TOKEN);
  });
});

describe("what may be shown of it", () => {
  it("the fingerprint is the first 12 hex digits of the labelled HMAC-SHA-256", () => {
    const whole = createHmac("sha256", "wa-token/fingerprint/v1").update(TOKEN).digest("hex");
    expect(fingerprintOf(secret)).toBe(whole.slice(0, 12));
    expect(fingerprintOf(new Secret(fakeToken("other")))).not.toBe(fingerprintOf(secret));
  });

  it.each([
    ["x".repeat(50), /^[0-9a-f]{12}$/],
    ["x".repeat(49), /^$/],
    ["123456", /^$/],
    ["", /^$/],
  ])("there is no fingerprint of what is too short to be a token (%#)", (value, expected) => {
    expect(fingerprintOf(new Secret(value))).toMatch(expected);
  });

  it.each([
    [TOKEN, TOKEN.slice(-8)],
    ["x".repeat(42) + "the-tail", "the-tail"],
    ["x".repeat(49), ""],
    ["", ""],
  ])("the tail is the last eight characters of what is long enough", (value, tail) => {
    expect(tailOf(new Secret(value))).toBe(tail);
  });

  it("the proof is the HMAC-SHA-256 of the token under the app secret, in lower-case hex", () => {
    const expected = createHmac("sha256", "app-secret").update(TOKEN).digest("hex");
    expect(proofOf(secret, new Secret("app-secret"))).toBe(expected);
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
  });
});
