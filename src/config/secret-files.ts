import { containsTokenShape } from "../token/secret/shape.ts";
import { misplacedToken, type Problem, shownPath } from "./problem.ts";
import { SECRET_VARIABLES, type VariableName } from "./variables.ts";

export type ReadFile = (path: string) => string;

/** "cannot be read (ENOENT). Check…": the rest of a sentence that begins with the name of a file. */
export function cannotBeRead(error: unknown, advice = "Check the path and its permissions."): string {
  return error instanceof Error && "code" in error && error.code === "EUTF16"
    ? "is UTF-16, but this bot reads only UTF-8. Save it as UTF-8, for example with Set-Content -Encoding utf8 in PowerShell."
    : `cannot be read (${reasonOf(error)}). ${advice}`;
}

export interface SecretFiles {
  readonly values: Readonly<Partial<Record<VariableName, string>>>;
  readonly problems: readonly Problem[];
}

/**
 * Reads the file of every secret variable that is set as `<name>_FILE`.
 * @param get returns a variable's value, or undefined when it is not set
 */
export function readSecretFiles(get: (name: string) => string | undefined, readFile: ReadFile): SecretFiles {
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
}

/** Its source reads it again at every inspection, so its file may still be missing when the bot starts. */
const READ_AT_INSPECTION: VariableName = "WHATSAPP_ACCESS_TOKEN";

/** Plain words for error codes that many people do not know. */
const IN_WORDS: Readonly<Record<string, string>> = {
  EISDIR: "it is a folder",
  ENXIO: "it is not a regular file",
  EFBIG: "it is far too large",
};

/** The error code (`ENOENT`) or plain words. The error's message is not used: its path may be a pasted token. */
function reasonOf(error: unknown): string {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof code === "string" && Object.hasOwn(IN_WORDS, code)) return IN_WORDS[code] ?? code;
  return typeof code === "string" && /^E[A-Z]+$/.test(code) ? code : "unknown reason";
}

type FileReading = { readonly value: string } | { readonly problem: Problem };

function readSecretFile(name: string, path: string, readFile: ReadFile): FileReading {
  const twin = `${name}_FILE`;
  if (containsTokenShape(path)) return { problem: misplacedToken(twin) };
  const bad = (what: string): FileReading => ({ problem: { name: twin, message: `${twin}: ${what}` } });
  try {
    const value = readFile(path).trim();
    return value === "" ? bad(`the file ${shownPath(path)} is empty. Put the value of ${name} into it.`) : { value };
  } catch (error) {
    return bad(`the file ${shownPath(path)} ${cannotBeRead(error)}`);
  }
}
