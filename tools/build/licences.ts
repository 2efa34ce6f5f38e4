import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The licences of the packages that these files belong to, with the text that each package contains.
 * @param files paths relative to the root; those outside `node_modules` are left out
 */
export function thirdPartyLicences(root: string, files: readonly string[]): string {
  const folders = new Set(files.flatMap((file) => PACKAGE_FOLDER.exec(file)?.[0] ?? []));
  return [...folders]
    .toSorted()
    .map((folder) => licenceOf(join(root, folder)))
    .join(`\n${"-".repeat(80)}\n\n`);
}

/** The innermost package of a path: a package may contain packages of its own. */
const PACKAGE_FOLDER = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/;

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)\b/i;

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  const text = texts.length === 0 ? "The package contains no text of its licence." : texts.join("\n\n");
  return `${name} ${version}: ${license ?? "see below"}\n\n${text}\n`;
}
