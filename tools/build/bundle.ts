import { chmodSync, cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import manifest from "../../package.json" with { type: "json" };
import { httpAsCommonJs, withoutUnusedParts } from "./lighter-start.ts";
import { thirdPartyLicences } from "./licences.ts";

/**
 * Writes the program and its dependencies as JavaScript into a folder, and replaces the folder's content. The folder is
 * also a package: `npm pack` makes a tarball of it that needs no other package.
 */
export async function bundleInto(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["src/main.ts"],
    outdir: folder,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node26",
    // Each subcommand loads only its own modules.
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    // Without comments and indentation: they are a quarter of the code, and one character beyond ASCII makes Node.js keep
    // a whole file at two bytes for each character. Names and lines stay, for the stack of an error without source maps.
    minifyWhitespace: true,
    lineLimit: 120,
    legalComments: "external",
    sourcemap: true,
    sourcesContent: false,
    // A faster client that pg uses when it is installed.
    external: ["pg-native"],
    banner: BANNER,
    plugins: [httpAsCommonJs, withoutUnusedParts],
    metafile: true,
    logLevel: "warning",
  });
  chmodSync(join(folder, "main.js"), 0o755);
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(PACKAGE, null, 2)}\n`);
  writeFileSync(join(folder, "THIRD-PARTY-LICENCES.txt"), thirdPartyLicences(ROOT, Object.keys(metafile.inputs)));
  for (const name of ["LICENSE", ".env.example"]) cpSync(join(ROOT, name), join(folder, name));
}

const ROOT = join(import.meta.dirname, "../..");

/** Some dependencies are CommonJS modules. They call `require` for modules of Node.js, and an ES module has none. */
export const BANNER = {
  js: `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);`,
};

const { name, version, description, license, engines } = manifest;
const PACKAGE = {
  name,
  version,
  private: true,
  description,
  license,
  type: "module",
  bin: { "wa-token": "main.js" },
  engines: { node: engines.node },
};
