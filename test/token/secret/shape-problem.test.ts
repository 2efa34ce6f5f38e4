import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Secret } from "../../../src/token/secret/secret.ts";
import { shapeProblem } from "../../../src/token/secret/shape-problem.ts";
import type { ShapeKind } from "../../../src/token/secret/shape-rules.ts";
import type { Source } from "../../../src/token/secret/source.ts";
import { fakeToken } from "../../support/fake-token.ts";

const TOKEN = fakeToken("shape");
const BODY = TOKEN.slice(3);
const APP_ID = "1".repeat(15);
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const inside = (text: string): string => `${TOKEN.slice(0, 90)}${text}${TOKEN.slice(90)}`;

const SHAPES: readonly (readonly [string, string, ShapeKind])[] = [
  ["double quotes", `"${TOKEN}"`, "quotes"],
  ["typographic quotes", `\u201c${TOKEN}\u201d`, "quotes"],
  ["German quotes", `\u201e${TOKEN}\u201c`, "quotes"],
  ["French quotes", `\u00ab${TOKEN}\u00bb`, "quotes"],
  ["backticks", `\`${TOKEN}\``, "quotes"],
  ["a single quote at the end", `${TOKEN}'`, "quotes"],
  ["a space inside", inside(" "), "space"],
  ["a line break inside", inside("\n"), "space"],
  ["a no-break space inside", inside("\u00a0"), "space"],
  ["a zero-width space inside", inside("\u200b"), "invisible"],
  ["a byte order mark inside", inside("\ufeff"), "invisible"],
  ["a right-to-left override", inside("\u202e"), "invisible"],
  ["an isolate at the start", `\u2068${TOKEN}`, "invisible"],
  ["a word joiner at the end", `${TOKEN}\u2060`, "invisible"],
  ["a soft hyphen", inside("\u00ad"), "invisible"],
  ["a variation selector", `${TOKEN}\ufe0f`, "invisible"],
  ["a Braille blank", `${TOKEN}\u2800`, "invisible"],
  ["a control character", `${TOKEN}\u0007`, "invisible"],
  ["Bearer", `Bearer ${TOKEN}`, "bearer"],
  ["bearer in quotes", `"bearer ${TOKEN}"`, "bearer"],
  ["an Authorization header", `Authorization: Bearer ${TOKEN}`, "header"],
  ["a header of curl", `-H "Authorization: Bearer ${TOKEN}"`, "header"],
  ["a line of a .env file", `WHATSAPP_ACCESS_TOKEN=${TOKEN}`, "assignment"],
  ["a quoted one", `WHATSAPP_ACCESS_TOKEN="${TOKEN}"`, "assignment"],
  ["an exported one", `export TOKEN = ${TOKEN}`, "assignment"],
  ["a parameter", `access_token=${TOKEN}`, "assignment"],
  ["a line of YAML", `access_token: ${TOKEN}`, "yaml"],
  ["a line of YAML without a space", `access_token:${TOKEN}`, "yaml"],
  ["JSON", JSON.stringify({ token: TOKEN }), "json"],
  ["JSON over lines", JSON.stringify({ token: TOKEN }, null, 2), "json"],
  ["a list", JSON.stringify([TOKEN]), "json"],
  ["a line of JSON", `"token": "${TOKEN}"`, "json"],
  ["a JWT", `eyJhbGciOiJIUzI1NiJ9.${BODY}.${BODY.slice(0, 43)}`, "jwt"],
  ["base64", base64(TOKEN), "base64"],
  ["base64 of a line", base64(`${TOKEN}\n`), "base64"],
  ["base64 of JSON", base64(JSON.stringify({ token: TOKEN })), "base64"],
  ["base64 of a line of a .env file", base64(`TOKEN=${TOKEN}`), "base64"],
  ["base64 over lines", base64(TOKEN).replaceAll(/(.{76})/g, "$1\n"), "base64"],
  ["base64 twice", base64(base64(TOKEN)), "base64"],
  ["base64 of a quoted one", base64(`"${TOKEN}"`), "base64"],
  ["base64 for addresses", Buffer.from(`Bearer ${TOKEN}`).toString("base64url"), "base64"],
  ["an address", `https://graph.facebook.com/v26.0/me?access_token=${TOKEN}`, "url"],
  ["an address without a scheme", `graph.facebook.com/me?access_token=${TOKEN}`, "url"],
  ["a literal line feed", String.raw`${TOKEN}\n`, "escaped"],
  ["a literal carriage return", String.raw`${TOKEN}\r\n`, "escaped"],
  ["an encoded line feed", `${TOKEN}%0A`, "escaped"],
  ["an encoded space", `${TOKEN}%20`, "escaped"],
  ["a comma at the end", `${TOKEN},`, "trailing"],
  ["a semicolon at the end", `${TOKEN};`, "trailing"],
  ["an ellipsis", `${TOKEN.slice(0, 60)}\u2026`, "masked"],
  ["three dots", `${TOKEN.slice(0, 60)}...${TOKEN.slice(-8)}`, "masked"],
  ["stars", `${TOKEN.slice(0, 10)}${"*".repeat(60)}`, "masked"],
  ["bullets", "\u2022".repeat(60), "masked"],
  ["what a log left of it", "[REDACTED]", "masked"],
  ...(
    [
      "${META_TOKEN}",
      "${{ secrets.WHATSAPP_ACCESS_TOKEN }}",
      "$META_TOKEN",
      "%META_TOKEN%",
      "#{WhatsAppAccessToken}#",
      "<%= ENV['META_TOKEN'] %>",
      "<YOUR_ACCESS_TOKEN>",
      "{{ whatsapp_token }}",
      "{{resolve:secretsmanager:whatsapp-cloud-api-token:SecretString:::}}",
      "$(cat /run/secrets/whatsapp_token)",
      "$(WHATSAPP_ACCESS_TOKEN)",
      "arn:aws:secretsmanager:eu-central-1:100000000042:secret:whatsapp-cloud-api-token-AbCdEf",
      "projects/example-project/secrets/whatsapp-cloud-api-token/versions/latest",
      "vault:secret/data/whatsapp#token",
      "op://Production/WhatsApp/credential",
      "ENC[AES256_GCM,data:AAAA,iv:BBBB,tag:CCCC,type:str]",
      "ENC(c2VjcmV0LXRoYXQtaXMtZW5jcnlwdGVkLWJ5LWphc3lwdA)",
      "encrypted:BGhpcyBpcyBub3QgYSByZWFsIHZhbHVlIGJ1dCBsb29rcyBsaWtlIG9uZQ",
      "@Microsoft.KeyVault(SecretUri=https://example.vault.azure.net/secrets/whatsapp/)",
      "!secret whatsapp_token",
      "!Ref WhatsAppAccessToken",
      "ref+awsssm://whatsapp/token",
      "file:/run/secrets/whatsapp_token",
      "@Microsoft.AppConfiguration(Endpoint=https://example.azconfig.io; Key=whatsapp)",
      "gcp:secretmanager:projects/example-project/secrets/whatsapp/versions/latest",
      "secretref:whatsapp-cloud-api-token-of-the-production-environment",
    ] as const
  ).map((reference) => [reference, reference, "reference"] as const),
  ["Instagram", `IGAA${BODY}`, "instagram"],
  ["Threads", `THAA${BODY}`, "threads"],
  ["a Slack bot token", `xoxb-sandbox-${BODY}`, "slack"],
  ["a Slack app token", `xapp-sandbox-${BODY}`, "slack"],
  ["a Slack token that rotates", `xoxe.xoxb-sandbox-${BODY}`, "slack"],
  ["an app token", `${APP_ID}|${BODY}`, "app_token"],
  ["an encoded app token", `${APP_ID}%7C${BODY}`, "app_token"],
  ["an id", "1".repeat(60), "id"],
  ["an id of usual length", APP_ID, "id"],
  ["48 characters", TOKEN.slice(0, 48), "short"],
  ["49 characters", TOKEN.slice(0, 49), "short"],
  ["nothing", "", "short"],
];

const SOURCES: readonly (Source | undefined)[] = [
  undefined,
  { kind: "env", name: "HOLD" },
  { kind: "file", path: "/run/secrets/wa" },
  { kind: "dotenv", path: "/srv/app/.env", name: "HOLD" },
  { kind: "exec", argv: ["vault", "read"] },
];

describe("shapes that cannot be a token", () => {
  it.each(SHAPES)("%s: is named with its place, and never repeated", (_name, value, shape) => {
    for (const source of SOURCES) {
      const problem = shapeProblem(new Secret(value), source);
      expect(problem?.shape).toBe(shape);
      expect(problem?.place?.kind).toBe(source?.kind);
      expect(JSON.stringify(problem)).not.toContain(TOKEN.slice(0, 12));
    }
  });

  it("counts the characters of what is too short", () => {
    expect(shapeProblem(new Secret(TOKEN.slice(0, 48)))).toEqual({ shape: "short", place: null, length: 48 });
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

  const letter = fc.constantFrom(...Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"));
  const opaque = fc
    .array(letter, { minLength: 50, maxLength: 400 })
    .map((letters) => letters.join(""))
    .filter((text) => !/^(?:\d+$|IGAA|THAA|xox|xapp|eyJ|RUFB)/.test(text));

  it("an opaque value of any prefix may be one", () => {
    fc.assert(
      fc.property(opaque, (value) => {
        expect(shapeProblem(new Secret(value))).toBeUndefined();
      }),
    );
  });

  const WRAPPED: readonly ((token: string) => string)[] = [
    (token) => `"${token}"`,
    (token) => `Bearer ${token}`,
    (token) => `Authorization: Bearer ${token}`,
    (token) => `TOKEN=${token}`,
    (token) => JSON.stringify({ token }),
    (token) => `https://example.com/?access_token=${token}`,
    (token) => `${token}\\n`,
    (token) => `${token}%0A`,
    (token) => `${token},`,
    (token) => `${token.slice(0, 20)} ${token.slice(20)}`,
    (token) => `${token.slice(0, 20)}\u200b${token.slice(20)}`,
    (token) => `${token.slice(0, 20)}\u2026`,
  ];

  it("whatever stands around or inside it, an opaque value is refused, and never repeated", () => {
    fc.assert(
      fc.property(opaque, fc.constantFrom(...WRAPPED), fc.constantFrom(...SOURCES), (value, wrap, source) => {
        const problem = shapeProblem(new Secret(wrap(value)), source);
        expect(problem).toBeDefined();
        expect(JSON.stringify(problem)).not.toContain(value.slice(0, 12));
      }),
    );
  });
});

describe("the place of a value", () => {
  it("names no argument of a command", () => {
    expect(shapeProblem(new Secret("{}"), { kind: "exec", argv: ["vault", "read"] })?.place).toEqual({ kind: "exec" });
  });

  it("never shows a token that stands where the path belongs", () => {
    const problem = shapeProblem(new Secret("{}"), { kind: "file", path: `/${TOKEN}` });
    expect(JSON.stringify(problem)).not.toContain(TOKEN.slice(0, 12));
  });
});

describe("the filter for a token that stands deeper in JSON", () => {
  it.each<[unknown, string | undefined]>([
    [{ META_APP_ID: APP_ID, WHATSAPP_ACCESS_TOKEN: TOKEN }, ".WHATSAPP_ACCESS_TOKEN"],
    [{ a: "b" }, undefined],
    [{ ["a".repeat(32)]: TOKEN }, undefined],
    [{ Data: { wa: { access_token: TOKEN } } }, ".Data.wa.access_token"],
    [[{ id: 1, token: TOKEN }], ".[0].token"],
    [{ data: ["x", TOKEN] }, ".data[1]"],
    [{ "access-token": TOKEN }, `."access-token"`],
    [{ data: { data: { token: TOKEN }, metadata: { version: 3 } } }, ".data.data.token"],
    [{ [TOKEN]: TOKEN }, undefined],
    [{ "a' b": TOKEN }, undefined],
  ])("%#: the whole way", (value, filter) => {
    expect(shapeProblem(new Secret(JSON.stringify(value)))?.filter).toBe(filter);
  });

  it("of a text that is endlessly deep is not looked for", () => {
    const value = `${"[".repeat(20_000)}"${TOKEN}"${"]".repeat(20_000)}`.replace("[[", '{"a":[');
    expect(() => shapeProblem(new Secret(value))).not.toThrow();
  });
});
