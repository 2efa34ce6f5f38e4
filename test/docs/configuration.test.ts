import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { requireFor, type Subcommand } from "../../src/config/requirements.ts";
import { VARIABLE_TABLE } from "../../src/config/variables.ts";
import { fakeToken } from "../support/fake-token.ts";
import { codeIn, readDocument, tablesOf } from "./markdown.ts";

const page = readDocument("docs/configuration.md");
const rows = tablesOf(page, "variable", "required", "default", "meaning").flat();
const rowOf = (name: string): readonly string[] => rows.find(([cell = ""]) => codeIn(cell)[0] === name) ?? [];

const COMMANDS: readonly Subcommand[] = ["run", "round", "check", "doctor", "guide"];

const always = {
  SLACK_BOT_TOKEN: "xoxb-sandbox",
  ALERT_CHANNEL: "C0123456789",
  WHATSAPP_ACCESS_TOKEN: fakeToken("readme"),
};
const transports = [
  { ...always, SLACK_APP_TOKEN: "xapp-sandbox" },
  { ...always, SLACK_SIGNING_SECRET: "7d2c".repeat(8) },
];

const isComplete = async (env: Readonly<Record<string, string>>, command: Subcommand): Promise<boolean> => {
  const result = await loadConfig({ env, dotenv: {}, readFile: () => "" });
  return result.ok && requireFor(command, result.config).length === 0;
};

/** The commands that work in a usual environment and fail without this variable. */
const requiring = async (name: string): Promise<readonly Subcommand[]> => {
  const needing = await Promise.all(
    COMMANDS.flatMap((command) =>
      transports.map(async (env) => {
        const without = Object.fromEntries(Object.entries(env).filter(([key]) => key !== name));
        return (await isComplete(env, command)) && !(await isComplete(without, command)) ? command : undefined;
      }),
    ),
  );
  return COMMANDS.filter((command) => needing.includes(command));
};

describe("the variables in docs/configuration.md", () => {
  it("names every variable of the configuration, in its order, and no other", () => {
    expect(rows.map(([cell = ""]) => codeIn(cell)[0])).toEqual(VARIABLE_TABLE.map(({ name }) => name));
  });

  it("has a section for each group", () => {
    const groups = [...new Set(VARIABLE_TABLE.map(({ group }) => group))];
    const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading = ""]) => heading);
    expect(headings.slice(0, groups.length)).toEqual(groups);
  });

  it.each(VARIABLE_TABLE)("gives the default of $name", ({ name, default: value, otherwise }) => {
    const [, , cell] = rowOf(name);
    expect(cell).toBe(value === undefined ? (otherwise ?? "") : `\`${value}\``);
  });

  it.each(VARIABLE_TABLE)("lists the commands that require $name", async ({ name }) => {
    const [, cell = ""] = rowOf(name);
    const named = COMMANDS.filter((command) => codeIn(cell).includes(command));
    expect(named).toEqual(await requiring(name));
  });

  it.each(VARIABLE_TABLE)("marks $name with † only if a file can hold the value", ({ name, secret }) => {
    const [cell = ""] = rowOf(name);
    expect(cell.endsWith("†")).toBe(secret);
  });

  it.each(VARIABLE_TABLE)("gives the meaning of an empty $name", ({ name, emptyMeans }) => {
    const stated = /Empty: (\w+)\.$/.exec(rowOf(name)[3] ?? "")?.[1];
    expect(stated).toBe(emptyMeans);
  });

  it.each(VARIABLE_TABLE)("gives the meaning of $name", ({ name }) => {
    expect(rowOf(name)[3]).toMatch(/^\S.*\.$/);
  });
});
