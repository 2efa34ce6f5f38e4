import { parseArgs } from "node:util";

/** What one run of `npm run bench` does. */
export interface BenchRun {
  /** Names of the parts, in the order of a complete run. */
  readonly parts: readonly string[];
  /** `record` measures and writes, `check` measures and compares, `page` only writes the page again. */
  readonly mode: "record" | "check" | "page";
}

/** Reads the arguments. Returns a sentence if they are wrong. Without a part, all parts run. */
export function readArguments(args: readonly string[], known: readonly string[]): BenchRun | string {
  const { tokens, positionals, values } = parseArgs({
    args: [...args],
    options: { check: { type: "boolean" }, page: { type: "boolean" } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const flags = tokens.flatMap((token) => (token.kind === "option" ? [token] : []));
  const wrong = flags.find(({ name, value }) => !["check", "page"].includes(name) || value !== undefined);
  if (wrong !== undefined) return `Unknown option: ${wrong.rawName}. The options are --check and --page.`;
  if (values["check"] === true && values["page"] === true) return "Choose one of --check and --page.";
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    return `Unknown part: ${unknown.join(" ")}. Choose from: ${known.join(", ")}. Without a part, all parts run.`;
  if (values["page"] === true)
    return positionals.length === 0 ? { parts: [], mode: "page" } : "--page measures nothing. Leave out the part.";
  return {
    parts: positionals.length === 0 ? known : known.filter((name) => positionals.includes(name)),
    mode: values["check"] === true ? "check" : "record",
  };
}
