import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Secret } from "../../src/token/secret.ts";
import { shapeProblem } from "../../src/token/shape-problem.ts";
import type { Source } from "../../src/token/source.ts";
import { fakeToken } from "../support/fake-token.ts";

const TOKEN = fakeToken("shape");
const BODY = TOKEN.slice(3);
const APP_ID = "1".repeat(15);
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const inside = (text: string): string => `${TOKEN.slice(0, 90)}${text}${TOKEN.slice(90)}`;

const SHAPES: readonly (readonly [string, string, RegExp])[] = [
  ["double quotes", `"${TOKEN}"`, /quotation marks/],
  ["typographic quotes", `\u201c${TOKEN}\u201d`, /quotation marks/],
  ["German quotes", `\u201e${TOKEN}\u201c`, /quotation marks/],
  ["French quotes", `\u00ab${TOKEN}\u00bb`, /quotation marks/],
  ["backticks", `\`${TOKEN}\``, /quotation marks/],
  ["a single quote at the end", `${TOKEN}'`, /quotation marks/],
  ["a space inside", inside(" "), /space or line break/],
  ["a line break inside", inside("\n"), /space or line break/],
  ["a no-break space inside", inside("\u00a0"), /space or line break/],
  ["a zero-width space inside", inside("\u200b"), /invisible character/],
  ["a byte order mark inside", inside("\ufeff"), /invisible character/],
  ["a right-to-left override", inside("\u202e"), /invisible character/],
  ["an isolate at the start", `\u2068${TOKEN}`, /invisible character/],
  ["a word joiner at the end", `${TOKEN}\u2060`, /invisible character/],
  ["a soft hyphen", inside("\u00ad"), /invisible character/],
  ["a variation selector", `${TOKEN}\ufe0f`, /invisible character/],
  ["a Braille blank", `${TOKEN}\u2800`, /invisible character/],
  ["a control character", `${TOKEN}\u0007`, /invisible character/],
  ["Bearer", `Bearer ${TOKEN}`, /word Bearer/],
  ["bearer in quotes", `"bearer ${TOKEN}"`, /word Bearer/],
  ["an Authorization header", `Authorization: Bearer ${TOKEN}`, /Authorization header/],
  ["a header of curl", `-H "Authorization: Bearer ${TOKEN}"`, /Authorization header/],
  ["a line of a .env file", `WHATSAPP_ACCESS_TOKEN=${TOKEN}`, /name and an equals sign/],
  ["a quoted one", `WHATSAPP_ACCESS_TOKEN="${TOKEN}"`, /name and an equals sign/],
  ["an exported one", `export TOKEN = ${TOKEN}`, /name and an equals sign/],
  ["a parameter", `access_token=${TOKEN}`, /name and an equals sign/],
  ["a line of YAML", `access_token: ${TOKEN}`, /name and a colon/],
  ["JSON", JSON.stringify({ token: TOKEN }), /JSON/],
  ["JSON over lines", JSON.stringify({ token: TOKEN }, null, 2), /JSON/],
  ["a list", JSON.stringify([TOKEN]), /JSON/],
  ["a line of JSON", `"token": "${TOKEN}"`, /JSON/],
  ["a JWT", `eyJhbGciOiJIUzI1NiJ9.${BODY}.${BODY.slice(0, 43)}`, /JWT/],
  ["base64", base64(TOKEN), /base64/],
  ["base64 of a line", base64(`${TOKEN}\n`), /base64/],
  ["base64 over lines", base64(TOKEN).replaceAll(/(.{76})/g, "$1\n"), /base64/],
  ["base64 twice", base64(base64(TOKEN)), /base64/],
  ["base64 of a quoted one", base64(`"${TOKEN}"`), /base64/],
  ["base64 for addresses", Buffer.from(`Bearer ${TOKEN}`).toString("base64url"), /base64/],
  ["an address", `https://graph.facebook.com/v26.0/me?access_token=${TOKEN}`, /web address/],
  ["an address without a scheme", `graph.facebook.com/me?access_token=${TOKEN}`, /web address/],
  ["a literal line feed", String.raw`${TOKEN}\n`, /escape/],
  ["a literal carriage return", String.raw`${TOKEN}\r\n`, /escape/],
  ["an encoded line feed", `${TOKEN}%0A`, /escape/],
  ["an encoded space", `${TOKEN}%20`, /escape/],
  ["a comma at the end", `${TOKEN},`, /comma or semicolon/],
  ["a semicolon at the end", `${TOKEN};`, /comma or semicolon/],
  ["an ellipsis", `${TOKEN.slice(0, 60)}\u2026`, /masked/],
  ["three dots", `${TOKEN.slice(0, 60)}...${TOKEN.slice(-8)}`, /masked/],
  ["stars", `${TOKEN.slice(0, 10)}${"*".repeat(60)}`, /masked/],
  ["bullets", "\u2022".repeat(60), /masked/],
  ["what a log left of it", "[REDACTED]", /masked/],
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
    ] as const
  ).map((reference) => [reference, reference, /reference to a secret/] as const),
  ["Instagram", `IGAA${BODY}`, /Instagram/],
  ["Threads", `THAA${BODY}`, /Threads/],
  ["a Slack bot token", `xoxb-sandbox-${BODY}`, /Slack token/],
  ["a Slack app token", `xapp-sandbox-${BODY}`, /Slack token/],
  ["a Slack token that rotates", `xoxe.xoxb-sandbox-${BODY}`, /Slack token/],
  ["an app token", `${APP_ID}|${BODY}`, /app token/],
  ["an encoded app token", `${APP_ID}%7C${BODY}`, /app token/],
  ["an id", "1".repeat(60), /looks like an id/],
  ["an id of usual length", APP_ID, /looks like an id/],
  ["48 characters", TOKEN.slice(0, 48), /too short to be a token: 48 characters/],
  ["49 characters", TOKEN.slice(0, 49), /too short/],
  ["nothing", "", /too short to be a token: 0/],
];

const SOURCES: readonly (Source | undefined)[] = [
  undefined,
  { kind: "env", name: "HOLD" },
  { kind: "file", path: "/run/secrets/wa" },
  { kind: "dotenv", path: "/srv/app/.env", name: "HOLD" },
  { kind: "exec", argv: ["vault", "read"] },
];

const PLACES = [
  "Paste only ",
  "Set HOLD to ",
  "In /run/secrets/wa, store only ",
  "In /srv/app/.env, write only ",
  "Change the command so that it prints only ",
];

describe("shapes that cannot be a token", () => {
  it.each(SHAPES)("%s: says what it looks like, and the remedy for each place", (_name, value, looks) => {
    SOURCES.forEach((source, index) => {
      const problem = shapeProblem(new Secret(value), source);
      expect(problem?.looks).toMatch(looks);
      expect(problem?.looks).toMatch(/^It [^"]*\.$/);
      expect(problem?.remedy).toContain(PLACES[index]);
      expect(problem?.remedy).toMatch(/\.$/);
      expect(problem?.remedy.length).toBeLessThanOrEqual(300);
      expect(JSON.stringify(problem)).not.toContain(TOKEN.slice(0, 12));
    });
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

describe("the remedy", () => {
  const remedy = (value: string, source?: Source): string => shapeProblem(new Secret(value), source)?.remedy ?? "";

  it("takes the key that holds the token out of a JSON file", () => {
    const json = JSON.stringify({ META_APP_ID: APP_ID, WHATSAPP_ACCESS_TOKEN: TOKEN });
    expect(remedy(json, { kind: "file", path: "/run/secrets/wa" })).toContain(
      `exec:["jq","-er",".WHATSAPP_ACCESS_TOKEN","/run/secrets/wa"]`,
    );
    expect(remedy(`{"a":"b"}`, { kind: "file", path: "/run/secrets/wa" })).toContain(`".KEY"`);
    expect(remedy(json, { kind: "exec", argv: ["cat"] })).toContain("jq -er .WHATSAPP_ACCESS_TOKEN");
    expect(remedy(json, { kind: "env", name: "HOLD" })).toBe(
      "Set HOLD to the value of one key, and nothing else. The token stands at .WHATSAPP_ACCESS_TOKEN.",
    );
  });

  it("never shows a key that may be a secret", () => {
    const json = JSON.stringify({ ["a".repeat(32)]: TOKEN });
    expect(remedy(json)).not.toContain("a".repeat(32));
  });

  it("decodes a file of base64", () => {
    expect(remedy(base64(TOKEN), { kind: "file", path: "/run/secrets/wa" })).toContain(
      `exec:["base64","-d","/run/secrets/wa"]`,
    );
  });

  it("never shows a token that stands where the path belongs", () => {
    expect(remedy("{}", { kind: "file", path: `/${TOKEN}` })).not.toContain(TOKEN.slice(0, 12));
  });
});

describe("the filter for a token that stands deeper in JSON", () => {
  const file: Source = { kind: "file", path: "/run/secrets/wa" };

  it.each<[unknown, string]>([
    [{ Data: { wa: { access_token: TOKEN } } }, ".Data.wa.access_token"],
    [[{ id: 1, token: TOKEN }], ".[0].token"],
    [{ data: ["x", TOKEN] }, ".data[1]"],
    [{ "access-token": TOKEN }, `."access-token"`],
    [{ data: { data: { token: TOKEN }, metadata: { version: 3 } } }, ".data.data.token"],
    [{ [TOKEN]: TOKEN }, ".KEY"],
    [{ "a' b": TOKEN }, ".KEY"],
  ])("%#: the whole way", (value, filter) => {
    const { remedy = "" } = shapeProblem(new Secret(JSON.stringify(value)), file) ?? {};
    expect(remedy).toContain(`exec:${JSON.stringify(["jq", "-er", filter, file.path])}`);
  });

  it("is quoted for a shell where it must be", () => {
    const value = JSON.stringify({ data: [TOKEN] });
    const { remedy } = shapeProblem(new Secret(value), { kind: "exec", argv: ["cat"] }) ?? {};
    expect(remedy).toContain("jq -er '.data[0]'.");
  });

  it("of a text that is endlessly deep is not looked for", () => {
    const value = `${"[".repeat(20_000)}"${TOKEN}"${"]".repeat(20_000)}`.replace("[[", '{"a":[');
    expect(() => shapeProblem(new Secret(value), file)).not.toThrow();
  });
});
