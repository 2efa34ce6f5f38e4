import { describe, expect, it } from "vitest";
import { readForm } from "../../../src/slack/check/read-form.ts";
import { reveal } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";

const NAMES = new Set(["orders-prod"]);
const token = (value: string | undefined) => ({ blockId: "check.token.ab", value });
const watch = (value: string | undefined) => ({ blockId: "check.watch.ab", value });

const id = (kind: string, value: string) => ({ blockId: `check.${kind}.ab`, value });

describe("the submitted form", () => {
  it("returns the trimmed token and the watch", () => {
    const typed = fakeToken("form");
    const read = readForm([watch("orders-prod"), token(` ${typed}\n`)], NAMES);
    expect(read).toMatchObject({ ok: true, asked: { watch: "orders-prod" }, field: "check.token.ab" });
    expect(read.ok && read.asked.secret && reveal(read.asked.secret)).toBe(typed);
  });

  it("accepts either of them alone", () => {
    expect(readForm([watch("orders-prod"), token(undefined)], NAMES)).toMatchObject({
      ok: true,
      asked: { secret: undefined, watch: "orders-prod" },
      field: "check.watch.ab",
    });
    expect(readForm([watch(undefined), token(fakeToken())], NAMES)).toMatchObject({
      ok: true,
      asked: { watch: undefined },
    });
  });

  it("removes characters that were copied with the token, and reports them", () => {
    const typed = fakeToken("wrapped");
    const read = readForm([token(`TOKEN="Bearer ${typed}"`)], NAMES);
    expect(read.ok && read.asked.removed).toEqual([
      "the name with its equals sign",
      "quotation marks",
      "the word Bearer",
    ]);
    expect(read.ok && read.asked.secret && reveal(read.asked.secret)).toBe(typed);
  });

  it.each([
    ["nothing at all", [watch(undefined), token("  ")], /Pick a watched token or paste a token/, "check.token.ab"],
    ["nothing where no watch is offered", [token(undefined)], /Paste a token/, "check.token.ab"],
    ["a watch that is gone", [watch("old"), token(undefined)], /no longer watches/, "check.watch.ab"],
    ["a quote at one end", [token(`"${fakeToken()}`)], /quotation marks\. Paste only the token/, "check.token.ab"],
    [
      "JSON",
      [token(JSON.stringify({ token: fakeToken() }))],
      /JSON\. Paste only the value of one key/,
      "check.token.ab",
    ],
    ["a header", [token(`Authorization: Bearer ${fakeToken()}`)], /Authorization header\. Paste/, "check.token.ab"],
    ["nothing in quotes", [token('""')], /too short/, "check.token.ab"],
    ["an id", [token("1".repeat(60))], /digits only/, "check.token.ab"],
    ["a short word", [token("hello")], /too short/, "check.token.ab"],
    ["100 kB", [token("a".repeat(100_000))], /too long/, "check.token.ab"],
    ["no fields", [], /without its fields/, undefined],
  ])("refuses %s at its field", (_what, values, problem, field) => {
    const read = readForm(values, NAMES);
    expect(read).toMatchObject({ ok: false, field });
    expect(read.ok ? "" : read.problem).toMatch(problem);
  });

  it("returns the ids that the typed token must reach", () => {
    const phone = { blockId: "check.phone.ab", value: " 100000000002001 " };
    const account = { blockId: "check.account.ab", value: "" };
    expect(readForm([token(fakeToken()), phone, account], new Set())).toMatchObject({
      ok: true,
      asked: { ids: { phoneNumberId: "100000000002001", whatsappBusinessAccountId: undefined } },
    });
  });

  it.each([
    ["a phone number", [token(fakeToken()), id("phone", "+1 555-010-0001")], /digits only/, "check.phone.ab"],
    ["a name", [token(fakeToken()), id("account", "Example Shop")], /digits only/, "check.account.ab"],
    [
      "an id without a token",
      [watch("orders-prod"), token(""), id("phone", "1")],
      /Paste the token again/,
      "check.token.ab",
    ],
  ])("refuses %s in place of an id at its field", (_what, values, problem, field) => {
    const read = readForm(values, NAMES);
    expect(read).toMatchObject({ ok: false, field });
    expect(read.ok ? "" : read.problem).toMatch(problem);
  });

  it("never repeats the typed text", () => {
    const typed = `${fakeToken("typed")} x`;
    expect(JSON.stringify(readForm([token(typed)], NAMES))).not.toContain(typed.slice(0, 20));
  });
});
