import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** One import of a source file, as written. */
export interface Import {
  readonly from: string;
  /** The path below the root for files of this repository, the specifier for packages. */
  readonly to: string;
  readonly own: boolean;
  readonly typesOnly: boolean;
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?([^;'"]*?\sfrom\s+)?["']([^"']+)["']/gm;
const DYNAMIC = /import\(\s*["']([^"']+)["']\s*\)/g;

/** Every .ts file below a folder, as paths relative to `root`. */
export const sourceFiles = (root: string, folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name))
    .toSorted();

const namesOnlyTypes = (clause: string): boolean => {
  const named = /\{([^}]*)\}/.exec(clause)?.[1];
  if (named === undefined || /^\s*\w+\s*,/.test(clause)) return false;
  const names = named.split(",").filter((name) => name.trim() !== "");
  return names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
};

export const importsOf = (root: string, file: string): readonly Import[] => {
  const text = readFileSync(join(root, file), "utf8");
  const entry = (specifier: string, typesOnly: boolean): Import => {
    const own = specifier.startsWith(".") && specifier.endsWith(".ts");
    const to = own ? relative(root, join(root, dirname(file), specifier)) : specifier;
    return { from: file, to, own, typesOnly };
  };
  const written = [...text.matchAll(STATEMENT)].map(([, type, clause, specifier]) =>
    entry(specifier ?? "", type !== undefined || namesOnlyTypes(clause ?? "")),
  );
  const dynamic = [...text.matchAll(DYNAMIC)].map(([, specifier]) => entry(specifier ?? "", false));
  return [...written, ...dynamic];
};
