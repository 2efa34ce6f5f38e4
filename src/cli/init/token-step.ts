import { resolve } from "node:path";
import { Secret } from "../../token/secret/secret.ts";
import { containsTokenShape, trimToken } from "../../token/secret/shape.ts";
import { UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { type Desk, settle } from "./desk.ts";
import type { Found } from "./finding.ts";
import { checkSource, checkToken, type Token } from "./meta-checks.ts";
import type { Services } from "./services.ts";
import { givenSource } from "./settings.ts";

/** Settles where the bot reads the deployed token. Saves the source, never the token. */
export async function tokenStep(desk: Desk, services: Services, io: Io): Promise<Token | undefined> {
  const { settings, say } = desk;
  if (settings.given("WATCHLIST") !== undefined) {
    say("WATCHLIST names the tokens to watch. Check them with doctor.", "good");
    return undefined;
  }
  const settled = await settle(
    { ...desk, settings: { ...settings, given: () => givenSource(settings) } },
    {
      name: "WHATSAPP_TOKEN_SOURCE",
      explain: `The place where your app's token is. The bot reads it there at every check, and .env only gets the name of the place. A file is best: the bot then sees a new token without a restart.`,
      question: "Where is the token?",
      enter: (question) => askSource(desk, services, io, question),
      without:
        "Without a token, the bot watches nothing. For the steps to a token, run wa-token guide. Then run init again.",
      check: (text) => checkSource(services, text, undefined),
    },
  );
  if (settled === undefined) return undefined;
  settings.keep({ WHATSAPP_TOKEN_SOURCE: settled.text });
  return settled.about;
}

/** Asks for another source. Throws a UsageError when init cannot replace the present source. */
export function anotherTokenStep(desk: Desk, services: Services, io: Io): Promise<Token | undefined> {
  const { settings } = desk;
  if (givenSource(settings)?.place === ".env") settings.forget(["WHATSAPP_TOKEN_SOURCE"]);
  if (givenSource(settings) === undefined) return tokenStep(desk, services, io);
  const isSource = settings.given("WHATSAPP_TOKEN_SOURCE") !== undefined;
  const name = isSource ? "WHATSAPP_TOKEN_SOURCE in the environment" : "WHATSAPP_ACCESS_TOKEN";
  throw new UsageError(`Init does not change ${name}. Correct it yourself. Then run init again.`);
}

type Kind = "file" | "dotenv" | "env" | "other" | "none";

/** Asks for the kind of the source and its parts. Returns an empty text when there is no token yet. */
async function askSource(desk: Desk, services: Services, io: Io, question: string): Promise<string> {
  const { ask } = desk;
  const kind = await ask.choose<Kind>(question, [
    { name: "In a file that contains only the token (recommended)", value: "file" },
    { name: "In a .env file of my app", value: "dotenv" },
    { name: "In an environment variable of this bot", value: "env" },
    { name: "Somewhere else: I write a source such as exec:[…]", value: "other" },
    { name: "I have no token yet", value: "none" },
  ]);
  switch (kind) {
    case "file": {
      const path = resolve(io.cwd, bare(await askName(desk, PATH, "Path of the file:", "data/whatsapp-token")));
      await offerToSave(desk, services, io, path);
      return `file:${path}`;
    }
    case "dotenv": {
      const path = resolve(io.cwd, bare(await askName(desk, PATH, "Path of the .env file:")));
      return `dotenv:${path}#${await askVariable(desk)}`;
    }
    case "env":
      return `env:${await askVariable(desk)}`;
    case "other":
      return ask.text("Source:");
    case "none":
      return "";
  }
}

const PATH = { noun: "path", of: "of the file" } as const;
const VARIABLE = { noun: "name", of: "of the variable" } as const;

function askVariable(desk: Desk): Promise<string> {
  return askName(desk, VARIABLE, "Name of the variable:", "WHATSAPP_ACCESS_TOKEN");
}

/** People paste the token itself, too. It must become no file name and no name in `.env`. */
async function askName(
  { ask, say }: Desk,
  wanted: typeof PATH | typeof VARIABLE,
  question: string,
  suggested?: string,
): Promise<string> {
  for (;;) {
    const text = await ask.text(question, suggested);
    if (!containsTokenShape(text)) return text;
    say(
      `This is a token, not a ${wanted.noun}. The screen now shows it. If others could see it, revoke it. Enter the ${wanted.noun} ${wanted.of} that contains it.`,
      "bad",
    );
  }
}

/** People paste a whole source, too. */
function bare(path: string): string {
  return path.trim().replace(/^file:/, "");
}

/** A missing file can be made from a pasted token, after a clear yes. An existing file is never changed. */
async function offerToSave(desk: Desk, services: Services, io: Io, path: string): Promise<void> {
  const { ask, say } = desk;
  if (exists(io, path)) return;
  say(
    `There is no file ${path} yet. Save the token there yourself, or paste it: init then writes the file so that only your user can read it. Your app must read this file too. Otherwise the bot watches a copy, and does not see when your app gets another token.`,
  );
  if (!(await ask.confirm("Paste the token now, and let init write the file?", false))) {
    await ask.confirm("Save the token in the file. Is it there?", true);
    return;
  }
  const found = await pastedToken(desk, services);
  if (found === undefined) return;
  try {
    io.writeFile(path, `${found}\n`);
    say(`Saved the token in ${path}, readable only by your user.`, "good");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    say(`${path} cannot be written (${code}). Choose another path, or create its folder.`, "bad");
  }
}

async function pastedToken({ ask, say, wait }: Desk, services: Services): Promise<string | undefined> {
  for (;;) {
    const text = trimToken(await ask.hidden("Token (Enter to go back):"));
    if (text === "") return undefined;
    const found: Found = await wait("Asking Meta about the token…", () =>
      checkToken(services, new Secret(text), undefined, undefined),
    );
    if (found.ok) return text;
    say(found.problem, "bad");
    if (found.keepable && (await ask.confirm("Save it although it is not confirmed?", false))) return text;
  }
}

function exists(io: Io, path: string): boolean {
  try {
    io.readFile(path);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ENOENT");
  }
}
