import { containsTokenShape } from "../token/shape.ts";
import { misplacedToken, type Problem, shownPath } from "./problem.ts";
import { SECRET_VARIABLES, type VariableName } from "./variables.ts";

/** Read anew at every inspection by its source, so its file need not be there yet when the bot starts. */
const READ_AT_INSPECTION: VariableName = "WHATSAPP_ACCESS_TOKEN";

export type ReadFile = (path: string) => string;

/** Codes that say too little by themselves. */
const IN_WORDS: Readonly<Record<string, string>> = {
  EISDIR: "it is a folder",
  ENXIO: "it is not a regular file",
  EFBIG: "it is far too large",
};

/** The system's short reason (`ENOENT`), or plain words; a message could repeat a path that is a pasted token. */
const reasonOf = (error: unknown): string => {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof code === "string" && Object.hasOwn(IN_WORDS, code)) return IN_WORDS[code] ?? code;
  return typeof code === "string" && /^E[A-Z]+$/.test(code) ? code : "unknown reason";
};

/** "cannot be read (ENOENT). Check…": follows the name of a file. */
export const cannotBeRead = (error: unknown, check = "the path"): string =>
  error instanceof Error && "code" in error && error.code === "EUTF16"
    ? "is UTF-16, which this bot does not read. Save it as UTF-8; in PowerShell, Set-Content -Encoding utf8 does."
    : `cannot be read (${reasonOf(error)}). Check ${check} and its permissions.`;

type FileReading = { readonly value: string } | { readonly problem: Problem };

const readSecretFile = (name: string, path: string, readFile: ReadFile): FileReading => {
  const twin = `${name}_FILE`;
  if (containsTokenShape(path)) return { problem: misplacedToken(twin) };
  const bad = (what: string): FileReading => ({ problem: { name: twin, message: `${twin}: ${what}` } });
  try {
    const value = readFile(path).trim();
    return value === "" ? bad(`the file ${shownPath(path)} is empty. Put the value of ${name} into it.`) : { value };
  } catch (error) {
    return bad(`the file ${shownPath(path)} ${cannotBeRead(error)}`);
  }
};

export interface SecretFiles {
  readonly values: Readonly<Partial<Record<VariableName, string>>>;
  readonly problems: readonly Problem[];
}

/** Resolves every `<name>_FILE` of a secret variable; `get` gives a variable's value, undefined when it is not set. */
export const readSecretFiles = (get: (name: string) => string | undefined, readFile: ReadFile): SecretFiles => {
  const values: Partial<Record<VariableName, string>> = {};
  const problems: Problem[] = [];
  for (const name of SECRET_VARIABLES) {
    const twin = `${name}_FILE`;
    const path = get(twin);
    if (path === undefined) continue;
    if (get(name) !== undefined) {
      problems.push({ name, message: `${name} and ${twin} are both set. Keep one of them.` });
    } else if (name === READ_AT_INSPECTION) {
      if (containsTokenShape(path)) problems.push(misplacedToken(twin));
    } else {
      const reading = readSecretFile(name, path, readFile);
      if ("value" in reading) values[name] = reading.value;
      else problems.push(reading.problem);
    }
  }
  return { values, problems };
};
