import { spawnSync } from "node:child_process";
import { afterEach, expect, it } from "vitest";
import { recipeNamed, recipes, save } from "./recipes.ts";
import { standInFor, type StandIn } from "./stand-in.ts";
import { fakeToken } from "../support/fake-token.ts";

/** As long as the largest value that every store takes. */
const TOKEN = fakeToken("a recipe", 4096);

let standIn: StandIn | undefined;
afterEach(async () => {
  await standIn?.remove();
  standIn = undefined;
});

/** How a pipeline hands the token to its program. The other recipes hand it over as it is. */
const INPUTS: Readonly<Record<string, string>> = {
  "orders-kubernetes": JSON.stringify({ data: { token: Buffer.from(TOKEN).toString("base64") } }),
  "orders-infisical": `WHATSAPP_ACCESS_TOKEN=${TOKEN}\n`,
  "orders-sops": JSON.stringify(TOKEN),
};

/** Needs jq, which is not part of every system: `npm run recipes` runs it. */
const WITH_JQ = "orders-1password";

it("the page has a recipe for each store", () => {
  expect(recipes.map(({ name }) => name.replace("orders-", ""))).toEqual(
    "vault aws ssm google azure kubernetes doppler infisical sops 1password fnox".split(" "),
  );
});

it.each(recipes)("the recipe $name reads and writes with the same program", ({ name, source }) => {
  expect(programOf(name)).toBe(source.argv[0]);
});

it.each(recipes.filter(({ write }) => write.argv[0] === "sh"))(
  "the pipeline of $name has a syntax that a shell accepts",
  ({ write }) => {
    expect(spawnSync("sh", ["-n", ...write.argv.slice(1)], { encoding: "utf8" })).toMatchObject({ status: 0 });
  },
);

it.each(recipes.map(({ name }) => name).filter((name) => name !== WITH_JQ))(
  "the write line of %s gives its program the whole token, and not as an argument",
  async (name) => {
    standIn = await standInFor(programOf(name));
    expect(await save(recipeNamed(name).write, TOKEN, standIn.env)).toEqual({ code: 0, output: "" });
    expect(await standIn.input()).toBe(INPUTS[name] ?? TOKEN);
    expect(await standIn.args()).not.toMatch(/EAA/);
  },
);

/** The program of a line. A pipeline ends with it. */
function programOf(name: string): string {
  const [command, , script = ""] = recipeNamed(name).write.argv;
  return command === "sh" ? (/.*\| (\w+) /s.exec(script)?.[1] ?? "") : command;
}
