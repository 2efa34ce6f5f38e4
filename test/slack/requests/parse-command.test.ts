import { describe, expect, it } from "vitest";
import { parseCommand, type ParsedCommand } from "../../../src/slack/requests/parse-command.ts";
import { fakeToken } from "../../support/fake-token.ts";

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

  const NAME = "orders-prod";
  it.each([
    `"${NAME}"`,
    `'${NAME}'`,
    `\u201c${NAME}\u201d`,
    `\u2018${NAME}\u2019`,
    `\u201e${NAME}\u201c`,
    `\u00ab ${NAME} \u00bb`,
    `\`${NAME}\``,
    `\`\`\`${NAME}\`\`\``,
    `*${NAME}*`,
    `~\`${NAME}\`~`,
    `<https://${NAME}|${NAME}>`,
    `<http://${NAME}>`,
    `<https://${NAME}/>`,
    `<mailto:${NAME}|${NAME}>`,
    `<#C0123456789|${NAME}>`,
    `<@U0123456789|${NAME}>`,
    `"<#C0123456789|${NAME}>"`,
    `&lt;${NAME}&gt;`,
    `&lt;#C0123456789|${NAME}&gt;`,
    `\u2068${NAME}\u2069`,
    `\u200b${NAME}`,
  ])("reads the name in %j", (text) => {
    for (const kind of ["check", "status"] as const)
      expect(parseCommand(`${kind} ${text}`)).toEqual({ kind, name: NAME });
  });

  it.each([
    ["a name with a dot that Slack takes for an address", "<http://orders.prod|orders.prod>", "orders.prod"],
    ["a name of underscores", "_orders_", "_orders_"],
    ["a mention without a name", "<@U0123456789>", "<@U0123456789>"],
    ["two words", '"orders" "prod"', 'orders" "prod'],
    ["nothing in quotes", '""', undefined],
    ["quotes at one end", '"orders', '"orders'],
  ])("reads %s", (_what, text, name) => {
    expect(parseCommand(`check ${text}`)).toEqual({ kind: "check", name });
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

  it.each([
    ["fifty letters and digits, which the form takes", `check ${"Zz9".repeat(17)}`],
    ["an app secret", `guide ${"0a1b2c3d".repeat(4)}`],
    ["an app secret in capitals, in quotes", `"${"0A1B2C3D".repeat(4)}"`],
    ["a parameter with any value", "guide ?access_token=abc"],
  ])("treats %s as a secret", (_what, text) => {
    expect(parseCommand(text)).toEqual({ kind: "leaked" });
  });

  it.each([
    "guide does not exist, cannot be loaded due to missing permissions (fbtrace_id AbCdEf123GhIjKl456MnOp)",
    "check a-name-of-a-watch-with-sixty-four-characters-in-it-and-no-more",
    "guide object with ID 100000000002001",
    `guide ${"0a1b2c3d".repeat(3)}`,
  ])("does not treat %j as a secret", (text) => {
    expect(parseCommand(text).kind).not.toBe("leaked");
  });

  it("reads 100 kB of text quickly enough to acknowledge", () => {
    const text = `guide ${"ab ".repeat(34_000)}`;
    const before = performance.now();
    expect(parseCommand(text).kind).toBe("guide");
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
