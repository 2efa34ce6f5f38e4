import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { VARIABLE_TABLE } from "../../src/config/variables.ts";
import { configOf } from "./environment.ts";

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

/** Values that show how it is written, where there is no default to show. */
const EXAMPLES: Readonly<Record<string, string>> = {
  SLACK_API_URL: "https://slack.com/api/",
  WATCHLIST: "./watchlist.yml",
};

describe(".env.example", () => {
  const text = read(".env.example");
  const lines = text.split("\n");
  const at = (name: string): number => lines.findIndex((line) => line.replace(/^# /, "").startsWith(`${name}=`));

  it("has every variable once, in the order of the table", () => {
    const names = lines.flatMap((line) => /^(?:# )?([A-Z_]+)=/.exec(line.replace("# NAME=", ""))?.[1] ?? []);
    expect(names).toEqual(VARIABLE_TABLE.map(({ name }) => name));
  });

  it.each(VARIABLE_TABLE)("says what $name means and shows its default", (variable) => {
    const line = lines[at(variable.name)] ?? "";
    const shown = Object.values(parseEnv(line.replace(/^# /, "")))[0];
    expect(shown).toBe(variable.default ?? (variable.name in EXAMPLES ? EXAMPLES[variable.name] : ""));
    const start = lines.lastIndexOf("", at(variable.name)) + 1;
    const comment = lines.slice(start, at(variable.name)).map((one) => one.replace(/^# /, ""));
    expect(comment.join(" ")).toContain(variable.meaning.replaceAll("`", ""));
    expect(comment.filter((one) => one.startsWith("When not set: "))).toEqual(
      variable.otherwise === undefined ? [] : [`When not set: ${variable.otherwise}.`],
    );
  });

  it("names every group", () => {
    for (const group of new Set(VARIABLE_TABLE.map((variable) => variable.group)))
      expect(text).toContain(`# --- ${group}: `);
  });

  it("is a valid configuration, also with every comment removed", async () => {
    expect((await configOf({}, {}, dotenv(text))).watches).toEqual([]);
    const uncommented = dotenv(text.replaceAll(/^# (?=[A-Z_]+=)(?!NAME)/gm, ""));
    const config = await configOf({}, { "./watchlist.yml": read("watchlist.example.yml") }, uncommented);
    expect(config.watches).toHaveLength(2);
  });
});

describe("watchlist.example.yml", () => {
  it("is a valid watchlist that shows every key", async () => {
    const { watches } = await configOf({ WATCHLIST: "/w" }, { "/w": read("watchlist.example.yml") });
    expect(watches.map(({ name }) => name)).toEqual(["orders-prod", "support-staging"]);
    expect(watches[0]).toMatchObject({
      source: { kind: "file", path: "/run/secrets/orders_token" },
      phoneNumberId: "100000000002001",
      whatsappBusinessAccountId: "100000000001001",
      app: { id: "100000000000042", secret: { kind: "source", source: { kind: "env", name: "ORDERS_APP_SECRET" } } },
      channel: "C0123456789",
      owner: "U0123456789",
      oncall: "S0123456789",
      consumers: ["checkout", "crm"],
      checkIntervalMs: 900_000,
    });
  });
});

function dotenv(text: string): Record<string, string> {
  return Object.fromEntries(Object.entries(parseEnv(text)).map(([name, value]) => [name, value ?? ""]));
}
