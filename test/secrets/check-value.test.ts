import { expect, it } from "vitest";
import { cli } from "../cli/memory-io.ts";
import { caseNamed, FIXTURE } from "../graph/fixtures.ts";
import { CLOCK, startGraph } from "../graph/local-graph.ts";
import { TOKEN, useFolder } from "./sources.ts";

const { path, write } = useFolder();

interface Printed {
  readonly state: string;
  readonly findings: readonly { readonly code: string; readonly message: string; readonly remedy: string }[];
  readonly failure: { readonly kind: string; readonly message: string } | null;
}

/** Runs `check --json` for one source, with a folder, the variable HOLD, and a Graph that calls every token alive. */
const check = async (source: string, hold = "") => {
  await using graph = await startGraph(() => caseNamed("debug_never_expiring_system_user").response);
  const env = {
    GRAPH_API_URL: graph.url,
    META_APP_ID: FIXTURE.appId,
    META_APP_SECRET: "an-app-secret-of-tests",
    HOLD: hold,
    PATH: process.env["PATH"] ?? "",
  };
  const { code, out } = await cli(["check", "--json", "--source", source], { env, now: () => CLOCK });
  expect(out).not.toContain(TOKEN.slice(0, 20));
  const printed = JSON.parse(out) as Printed;
  const [finding] = printed.findings;
  const words = `${finding?.message ?? ""} ${finding?.remedy ?? ""} ${printed.failure?.message ?? ""}`;
  return {
    code,
    calls: graph.seen.length,
    state: printed.state,
    codes: printed.findings.map((one) => one.code),
    words,
  };
};

const base64 = (text: string): string => Buffer.from(text).toString("base64");

it("a reference inside a .env file is expanded, and the value is checked", async () => {
  await write("e", `META_TOKEN=${TOKEN}\nWHATSAPP_ACCESS_TOKEN=\${META_TOKEN}\n`);
  const { code, state } = await check(`dotenv:${path("e")}#WHATSAPP_ACCESS_TOKEN`);
  expect({ code, state }).toEqual({ code: 0, state: "healthy" });
});

it.each([
  ["a reference outside the file", "WHATSAPP_ACCESS_TOKEN=${META_TOKEN}\n", /META_TOKEN/],
  ["a reference in single quotes", "WHATSAPP_ACCESS_TOKEN='${META_TOKEN}'\n", /\$/],
  ["a command", "WHATSAPP_ACCESS_TOKEN=$(vault read token)\n", /command/],
  ["nothing", "WHATSAPP_ACCESS_TOKEN=\n", /not set/],
  ["nothing but quotes", 'WHATSAPP_ACCESS_TOKEN=""\n', /not set/],
])("a .env value that is %s is unreadable, and Meta is not asked", async (_what, text, words) => {
  const checked = await check(`dotenv:${await write("e", text)}#WHATSAPP_ACCESS_TOKEN`);
  expect(checked).toMatchObject({ code: 3, state: "unknown", codes: [], calls: 0 });
  expect(checked.words).toMatch(words);
});

it.each([
  ["a reference of CloudFormation", "{{resolve:secretsmanager:whatsapp-cloud-api-token:SecretString:::}}", /reference/],
  ["a written-out line feed", String.raw`${TOKEN}\n`, /escape/],
  [
    "a reference of Key Vault",
    "@Microsoft.KeyVault(SecretUri=https://example.vault.azure.net/secrets/x/)",
    /reference/,
  ],
])("a variable that holds %s is no token, and Meta is not asked", async (_what, hold, words) => {
  const checked = await check("env:HOLD", hold);
  expect(checked).toMatchObject({ code: 1, state: "invalid", codes: ["not_a_token"], calls: 0 });
  expect(checked.words).toMatch(words);
});

it.each([
  ["base64", base64(TOKEN), /base64.*exec:\["base64","-d",/],
  ["JSON", JSON.stringify({ WHATSAPP_ACCESS_TOKEN: TOKEN, META_APP_ID: FIXTURE.appId }), /JSON.*exec:\["jq","-er",/],
])("a file of %s is no token; the remedy extracts the token", async (_what, text, words) => {
  const checked = await check(`file:${await write("t", `${text}\n`)}`);
  expect(checked).toMatchObject({ code: 1, state: "invalid", codes: ["not_a_token"], calls: 0 });
  expect(checked.words).toMatch(words);
});

it("the command in the remedy prints the token", async () => {
  const { words } = await check(`file:${await write("t", base64(TOKEN))}`);
  const source = /exec:\[[^\]]*\]/.exec(words)?.[0] ?? "none";
  expect(await check(source)).toMatchObject({ code: 0, state: "healthy" });
});

it("the command of docs/configuration.md reads a key from JSON without another program", async () => {
  const file = await write("t", JSON.stringify({ token: TOKEN }));
  const argv = ["node", "-p", `JSON.parse(fs.readFileSync('${file}')).token`];
  expect(await check(`exec:${JSON.stringify(argv)}`)).toMatchObject({ code: 0, state: "healthy" });
});

it.each([
  ["file", async () => `file:${await write("t", " \n")}`],
  ["variable", async () => "env:HOLD"],
  ["command", async () => 'exec:["true"]'],
])("an empty %s is unreadable", async (_what, source) => {
  expect(await check(await source(), " ")).toMatchObject({ code: 3, state: "unknown", codes: [], calls: 0 });
});
