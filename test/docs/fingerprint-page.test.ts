import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { fingerprintsIn } from "../../src/secrets/proof/fingerprints.ts";
import { fingerprintOf, Secret } from "../../src/token/secret/secret.ts";
import { fakeToken } from "../support/fake-token.ts";
import { fencesOf, readDocument } from "./markdown.ts";

const page = readDocument("docs/fingerprint.md");
const run = promisify(execFile);
const TOKEN = fakeToken("app");
const EXPECTED = { ok: true, fingerprints: [fingerprintOf(new Secret(TOKEN))] };

const outputOf = async (program: string, args: readonly string[], token = TOKEN): Promise<string> => {
  const env = { PATH: process.env["PATH"], WHATSAPP_ACCESS_TOKEN: token };
  return (await run(program, [...args], { env })).stdout;
};

const [compute = "", serve = ""] = fencesOf(page, "js");

/** The programs that run the snippet in each language. A machine may not have all of them. */
const PROGRAMS: Readonly<Record<string, readonly [program: string, option: string, check: string]>> = {
  js: [process.execPath, "-e", "--version"],
  python: ["python3", "-c", "--version"],
  php: ["php", "-r", "--version"],
  sh: ["sh", "-c", "openssl version"],
};

const isInstalled = ([, [program, , check]]: (typeof languages)[number]): boolean =>
  spawnSync(program, program === "sh" ? ["-c", check] : [check]).status === 0;
const languages = Object.entries(PROGRAMS);
const here = languages.filter(isInstalled);
const missing = languages.filter((one) => !here.includes(one)).map(([language]) => language);

describe("the snippets of docs/fingerprint.md give the fingerprint that the bot shows", () => {
  it.each(here)(
    `%s${missing.length === 0 ? "" : ` (not installed here: ${missing.join(", ")})`}`,
    async (language, [program, option]) => {
      const [snippet = ""] = fencesOf(page, language);
      // PHP gives code on its command line without the opening tag.
      const output = await outputOf(program, [option, snippet.replace(/^<\?php\n/, "")]);
      expect(fingerprintsIn(output)).toEqual(EXPECTED);
    },
  );

  it("also with a line end after the token", async () => {
    expect(fingerprintsIn(await outputOf(process.execPath, ["-e", compute], `${TOKEN}\n`))).toEqual(EXPECTED);
  });

  it("and the server answers with it, on this machine only", async () => {
    expect(serve).toContain('server.listen(8081, "127.0.0.1");');
    const ask = `server.on("listening", async () => {
      const answer = await fetch("http://127.0.0.1:" + server.address().port, { headers: { connection: "close" } });
      process.stdout.write(await answer.text());
      server.close();
    });`;
    const output = await outputOf(process.execPath, ["-e", `${serve.replace("8081", "0")}\n${ask}`]);
    expect(fingerprintsIn(output)).toEqual(EXPECTED);
  });
});
