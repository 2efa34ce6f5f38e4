import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { BANNER } from "../../tools/build/bundle.ts";
import { MAIN, SOURCES } from "../cli/child.ts";

/** Programs on a store, which the tests start often. */
const SOURCE_OF = {
  sqlite: fileURLToPath(new URL("../store/sqlite/store-program.ts", import.meta.url)),
  postgres: fileURLToPath(new URL("../store/postgres/postgres-program.ts", import.meta.url)),
} as const;

/**
 * Bundles each program into one file beside the bundle of the product. A start from one file takes a third of the time
 * of a start from the sources.
 */
export async function bundlePrograms(main: string): Promise<void> {
  await build({
    entryPoints: Object.values(SOURCE_OF),
    outdir: folderBeside(main),
    entryNames: "[name]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["pg-native"],
    banner: BANNER,
    logLevel: "warning",
  });
}

/** The file to start: of this test run, or a source outside of a test run. */
export function programFile(program: keyof typeof SOURCE_OF): string {
  const source = SOURCE_OF[program];
  return MAIN === SOURCES ? source : join(folderBeside(MAIN), `${basename(source, ".ts")}.mjs`);
}

function folderBeside(main: string): string {
  return join(dirname(main), "../programs");
}
