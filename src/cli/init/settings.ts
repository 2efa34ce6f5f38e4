import { resolve } from "node:path";
import { cannotBeRead } from "../../config/secret-files.ts";
import { SECRET_VARIABLES, type VariableName } from "../../config/variables.ts";
import { dotenvPathOf, readDotenv } from "../configuration.ts";
import { UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { withVariables } from "../../secrets/dotenv-edit.ts";

export interface Given {
  readonly text: string;
  /** `file`: the file that `NAME_FILE` names. Init itself corrects only values in `.env`. */
  readonly place: "environment" | ".env" | "file";
  /** The absolute path of the file, for a value from a file. */
  readonly path?: string;
}

/** The values that are there already, and the values that init saves in `.env`. */
export interface Settings {
  /** The value in use: the environment has priority over `.env`. Blank values do not count. */
  readonly given: (name: VariableName) => Given | undefined;
  /**
   * Saves validated values in `.env` at once, so that an interruption loses nothing. A value from a file is saved as
   * the path of the file. Throws a UsageError when `.env` cannot be written.
   */
  readonly keep: (values: Readonly<Partial<Record<VariableName, string>>>) => void;
  /** Empties variables in `.env`, and the paths of their files. Throws a UsageError when `.env` cannot be written. */
  readonly forget: (names: readonly VariableName[]) => void;
  /** The names that were validated, in that order. */
  readonly kept: () => readonly string[];
}

export function openSettings(io: Pick<Io, "env" | "cwd" | "readFile" | "writeFile">): Settings {
  const kept = new Set<string>();
  const blankless = (values: Readonly<Record<string, string | undefined>>, name: string): string | undefined => {
    const text = values[name]?.trim();
    return text === "" ? undefined : text;
  };
  const raw = (name: string): Given | undefined => {
    const fromEnv = blankless(io.env, name);
    if (fromEnv !== undefined) return { text: fromEnv, place: "environment" };
    const dotenv = readDotenv(io);
    const text = blankless(("values" in dotenv ? dotenv.values : undefined) ?? {}, name);
    return text === undefined ? undefined : { text, place: ".env" };
  };
  const fileOf = (name: VariableName): Given | undefined =>
    SECRET_VARIABLES.includes(name) ? raw(`${name}_FILE`) : undefined;

  return {
    given: (name) => {
      const own = raw(name);
      const file = own === undefined ? fileOf(name) : undefined;
      if (file === undefined) return own;
      const path = resolve(io.cwd, file.text);
      return { text: contentOf(io, path), place: "file", path };
    },
    keep: (values) => {
      const changes: Record<string, string> = {};
      for (const [name, text] of Object.entries(values)) {
        kept.add(name);
        const file = raw(name) === undefined ? raw(`${name}_FILE`) : undefined;
        changes[file === undefined ? name : `${name}_FILE`] = file?.text ?? text;
      }
      save(io, changes);
    },
    forget: (names) => {
      const dotenv = readDotenv(io);
      const values = ("values" in dotenv ? dotenv.values : undefined) ?? {};
      const there = names.flatMap((name) => [name, `${name}_FILE`]).filter((name) => (values[name] ?? "") !== "");
      if (there.length > 0) save(io, Object.fromEntries(there.map((name) => [name, ""])));
      for (const name of names) kept.delete(name);
    },
    kept: () => [...kept],
  };
}

/** The source of the deployed token: the configured one, or the place of the usual variable, which needs no question. */
export function givenSource({ given }: Pick<Settings, "given">): Given | undefined {
  const source = given("WHATSAPP_TOKEN_SOURCE");
  const token = source === undefined ? given("WHATSAPP_ACCESS_TOKEN") : undefined;
  if (token === undefined) return source;
  return { ...token, text: token.path === undefined ? "env:WHATSAPP_ACCESS_TOKEN" : `file:${token.path}` };
}

/** The text of a secret's file. Empty when it cannot be read, which is then a wrong value. */
function contentOf(io: Pick<Io, "readFile">, path: string): string {
  try {
    return io.readFile(path).trim();
  } catch {
    return "";
  }
}

function save(io: Pick<Io, "cwd" | "readFile" | "writeFile">, changes: Readonly<Record<string, string>>): void {
  const path = dotenvPathOf(io);
  const before = textOf(io, path);
  // The decoder replaces bytes that are not UTF-8, and these bytes must not be lost.
  const after = before?.includes("\uFFFD") === true ? undefined : withVariables(before ?? HEAD, changes);
  const names = Object.keys(changes).join(" and ");
  if (after === undefined)
    throw new UsageError(
      `.env has a line that init cannot change safely: an open quotation mark, or text that is not UTF-8. Correct it, or set ${names} in .env yourself.`,
    );
  try {
    io.writeFile(path, after);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new UsageError(`.env cannot be written (${code}). Check the permissions of its folder.`, { cause: error });
  }
}

const HEAD = "# Written by wa-token init. For every variable, see .env.example.\n";

function textOf(io: Pick<Io, "readFile">, path: string): string | undefined {
  try {
    return io.readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new UsageError(
      `.env exists but ${cannotBeRead(error, "Check that it is a text file, and check its permissions.")}`,
      { cause: error },
    );
  }
}
