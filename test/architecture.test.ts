import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf, sourceFiles, type Import } from "./support/imports.ts";

const ROOT = join(import.meta.dirname, "..");
const files = sourceFiles(ROOT, "src");
const imports = files.flatMap((file) => importsOf(ROOT, file));

/** `src/<module>/…` is a module; the files at the top of src are modules of their own. */
const moduleOf = (path: string): string => path.split("/")[1]?.replace(/\.ts$/, "") ?? "";

/** A file without its comments. */
const codeOf = (file: string): string =>
  readFileSync(join(ROOT, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");

/** True when code names the process, a way to it, or its module; words in strings are no code. */
const touchesProcess = (code: string): boolean =>
  /["'](?:node:)?process["']/.test(code) ||
  /\b(?:process|globalThis|global)\b/.test(code.replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""'));

const linesOf = (file: string): number =>
  readFileSync(join(ROOT, file), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "").length;

interface Rule {
  /** Modules whose values may be imported. */
  readonly values: readonly string[];
  readonly types: readonly string[];
  /** Packages (and node: built-ins where they are limited) whose values may be imported. */
  readonly outside: readonly string[];
  readonly outsideTypes: readonly string[];
}

const rule = (values: string, types: string, outside: string, outsideTypes = ""): Rule => {
  const words = (text: string): readonly string[] => text.split(" ").filter((word) => word !== "");
  return { values: words(values), types: words(types), outside: words(outside), outsideTypes: words(outsideTypes) };
};

/** The core that decides. Every adapter may import it, so none needs a copy of its types or lists. */
const CORE = "token guide alert renewal outbox watch";

/** The import table of docs/architecture.md. */
const TABLE: Readonly<Record<string, Rule>> = {
  token: rule("", "", "node:crypto"),
  guide: rule("token", "", "leven"),
  alert: rule("token", "", ""),
  renewal: rule("token guide alert", "", "", "pino"),
  outbox: rule("token alert renewal", "", "", "pino"),
  watch: rule("token alert renewal outbox", "", "node-cron", "pino"),
  words: rule("token guide alert renewal outbox watch", "", ""),
  config: rule(CORE, "network", "zod yaml leven"),
  network: rule(CORE, "", "undici"),
  graph: rule(`${CORE} network`, "", "zod", "undici pino"),
  secrets: rule(`${CORE} network`, "", "dotenv-expand"),
  store: rule(CORE, "", "kysely zod pg", "pino"),
  slack: rule(`${CORE} words network`, "", "@slack/bolt @slack/web-api", "@slack/types pino"),
  ops: rule(`${CORE} network`, "", "prom-client", "pino"),
  log: rule("token", "", "pino"),
  version: rule("", "", "../package.json"),
  app: rule(
    "token alert renewal outbox watch words network graph secrets store slack ops log version",
    "config guide",
    "",
    "@slack/bolt undici pino",
  ),
  cli: rule(
    "token guide alert renewal outbox watch words config network graph secrets store slack app log version",
    "",
    "@inquirer/prompts commander fast-wrap-ansi yocto-spinner",
    "pino",
  ),
  main: rule("cli", "", ""),
};

/** These modules touch no built-in but those named; the others may use any. */
const WITHOUT_BUILT_INS = ["token", "guide", "alert", "renewal", "outbox", "watch", "words", "config"];

const allowed = (entry: Import): boolean => {
  const from = moduleOf(entry.from);
  const table = TABLE[from];
  if (table === undefined) return false;
  if (entry.own) {
    const to = moduleOf(entry.to);
    return to === from || table.values.includes(to) || (entry.typesOnly && table.types.includes(to));
  }
  if (entry.to.startsWith("node:") && !WITHOUT_BUILT_INS.includes(from)) return true;
  const bare = (name: string): boolean => entry.to === name || entry.to.startsWith(`${name}/`);
  return table.outside.some(bare) || (entry.typesOnly && table.outsideTypes.some(bare));
};

const cyclesIn = (edges: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      return;
    }
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of edges.keys()) walk(file, []);
  return found;
};

describe("the shape of src", () => {
  it("reads the imports it judges", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it("imports only what the table allows", () => {
    const broken = imports
      .filter((entry) => !allowed(entry))
      .map(({ from, to, typesOnly }) => `${from} -> ${to}${typesOnly ? " (types)" : ""}`);
    expect(broken).toEqual([]);
  });

  it("lets only words/ import a language", () => {
    const others = imports.filter(
      ({ from, to }) => to.startsWith("src/words/english/") && !from.startsWith("src/words/"),
    );
    expect(others).toEqual([]);
  });

  it("keeps node-cron in one file", () => {
    expect(imports.filter(({ to }) => to === "node-cron").map(({ from }) => from)).toEqual(["src/watch/cron.ts"]);
  });

  it("keeps pg in one file", () => {
    const using = imports.filter(({ to, typesOnly }) => to === "pg" && !typesOnly);
    expect(using.map(({ from }) => from)).toEqual(["src/store/postgres/pool.ts"]);
  });

  it("loads code later only where a measurement shows that it pays", () => {
    const lazy = files.filter((file) => /\bimport\("/.test(codeOf(file)));
    expect(lazy).toEqual([
      "src/cli/audit.ts",
      "src/cli/check.ts",
      "src/cli/doctor.ts",
      "src/cli/doctor/slack.ts",
      "src/cli/doctor/store.ts",
      "src/cli/guide.ts",
      "src/cli/init.ts",
      "src/cli/program.ts",
      "src/cli/renew.ts",
      "src/cli/renew/renew-token.ts",
      "src/cli/round.ts",
      "src/cli/run.ts",
      "src/config/load.ts",
    ]);
  });

  it("has no import cycles, types included", () => {
    const edges = new Map(
      files.map((file) => [file, imports.filter((i) => i.from === file && i.own).map(({ to }) => to)]),
    );
    expect(cyclesIn(edges)).toEqual([]);
  });

  it("finds a cycle when there is one", () => {
    expect(
      cyclesIn(
        new Map([
          ["a", ["b"]],
          ["b", ["a"]],
        ]),
      ),
    ).toEqual(["a -> b -> a"]);
  });

  it.each(files.filter((file) => file !== "src/main.ts"))("%s does not touch process", (file) => {
    // No other call ends a command's whole process group.
    const excused = file === "src/secrets/end-processes.ts" ? 'import { kill } from "node:process";' : "";
    expect(touchesProcess(codeOf(file).replace(excused, ""))).toBe(false);
  });

  it.each([
    "process.title",
    "process.env.HOME",
    "process?.env",
    'process["argv"]',
    "const { env } = process;",
    "read(process)",
    "globalThis.process.env",
    'globalThis["process"]',
    "global.process",
    'import { env } from "node:process";',
    'import process from "process";',
    'await import("node:process")',
    "`${process.pid}`",
  ])("knows that %s touches process", (code) => {
    expect(touchesProcess(code)).toBe(true);
  });

  it.each(['"a process of its own"', 'import { spawn } from "node:child_process";', "processes", "inProcess()"])(
    "knows that %s does not touch process",
    (code) => {
      expect(touchesProcess(code)).toBe(false);
    },
  );

  it.each(files)("%s holds no suppression, no any and no more than 300 lines", (file) => {
    const code = codeOf(file);
    expect(code).not.toMatch(/:\s*any\b|\bas any\b|<any>/);
    const text = readFileSync(join(ROOT, file), "utf8");
    expect(text).not.toMatch(/@ts-(?:ignore|expect-error|nocheck)|oxlint-disable|eslint-disable|v8 ignore/);
    expect(linesOf(file)).toBeLessThanOrEqual(300);
  });

  it.each(files)("%s begins with the thing it exports", (file) => {
    const code = codeOf(file).replaceAll(/^import\s[\s\S]*?;$/gm, "");
    const [first = "", ...others] = code
      .split(/^(?=(?:export\s|async\s|function\s|const\s|class\s|interface\s|type\s))/m)
      .filter((part) => part.trim() !== "");
    const exported = others.filter((part) => part.startsWith("export"));
    if (first.startsWith("export") || exported.length === 0) return;
    // A constant can come first only because an exported constant is made of it, perhaps through a function.
    const isConstant = first.startsWith("const ");
    expect(isConstant && exported.some((part) => /^export (?:const|class)/.test(part))).toBe(true);
  });

  it("has no folder of more than 25 files, migrations aside", () => {
    const everything = ["src", "test", "sandbox"].flatMap((top) =>
      readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
    );
    const sizes = Map.groupBy(everything, (entry) => relative(ROOT, entry.parentPath));
    const large = [...sizes].filter(([folder, entries]) => entries.length > 25 && !folder.endsWith("migrations"));
    expect(large.map(([folder, entries]) => `${folder}: ${entries.length}`)).toEqual([]);
  });

  it("has small files: half of them have no more than 60 lines", () => {
    const small = files.filter((file) => linesOf(file) <= 60);
    expect(small.length).toBeGreaterThanOrEqual(files.length / 2);
  });

  it("is not imported by the sandbox's outside world, nor imports it", () => {
    expect(imports.filter(({ to }) => /^(?:sandbox|test|bench|tools)\//.test(to))).toEqual([]);
  });
});
