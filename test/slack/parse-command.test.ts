import { describe, expect, it } from "vitest";
import { parseCommand, type ParsedCommand } from "../../src/slack/parse-command.ts";
import { fakeToken } from "../support/fake-token.ts";

describe("what stands behind /wa-token", () => {
  it.each<[string, ParsedCommand]>([
    ["", { kind: "help", unknown: undefined }],
    ["   ", { kind: "help", unknown: undefined }],
    ["help", { kind: "help", unknown: undefined }],
    ["guide", { kind: "guide", words: "" }],
    ["Guide", { kind: "guide", words: "" }],
    ["guide system users", { kind: "guide", words: "system users" }],
    ["  guide\n expired ", { kind: "guide", words: "expired" }],
    ["check", { kind: "check", name: undefined }],
    ["check orders-prod", { kind: "check", name: "orders-prod" }],
    ["CHECK  orders-prod ", { kind: "check", name: "orders-prod" }],
    ["status", { kind: "status", name: undefined }],
    ["status orders-prod", { kind: "status", name: "orders-prod" }],
    ["checkorders", { kind: "help", unknown: "checkorders" }],
    ["frobnicate now", { kind: "help", unknown: "frobnicate" }],
    ["مرحبا check", { kind: "help", unknown: "مرحبا" }],
    ["🚀", { kind: "help", unknown: "🚀" }],
    ["constructor", { kind: "help", unknown: "constructor" }],
  ])("reads %j", (text, parsed) => {
    expect(parseCommand(text)).toEqual(parsed);
  });

  it.each([
    (token: string) => token,
    (token: string) => `check ${token}`,
    (token: string) => `help ${token}`,
    (token: string) => `guide what about "${token}"?`,
    (token: string) => `${"x".repeat(90_000)} ${token}`,
  ])("sees a token before anything else (%#)", (text) => {
    expect(parseCommand(text(fakeToken("typed")))).toEqual({ kind: "leaked" });
  });

  it("reads 100 kB of text quickly enough to acknowledge", () => {
    const text = `guide ${"ab ".repeat(34_000)}`;
    const before = performance.now();
    expect(parseCommand(text).kind).toBe("guide");
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
