import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleInto } from "../../tools/build/bundle.ts";
import { MAIN_VARIABLE } from "../cli/child.ts";
import { bundlePrograms } from "./programs.ts";

/**
 * Builds the bundle that the processes of a test run start, once before the tests. A start from the bundle takes half
 * the time of a start from the sources, and it is what operators run. The programs of the tests lie beside it.
 */
export default async (): Promise<() => void> => {
  if (process.env[MAIN_VARIABLE] !== undefined) return () => {};
  const folder = mkdtempSync(join(tmpdir(), "wa-token-bundle-"));
  const bundle = join(folder, "bundle");
  const main = join(bundle, "main.js");
  await Promise.all([bundleInto(bundle), bundlePrograms(main)]);
  process.env[MAIN_VARIABLE] = main;
  return () => rmSync(folder, { recursive: true, force: true });
};
