import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { bundleInto } from "../../tools/build/bundle.ts";

/** Builds the bundle for the tests of a file. Returns a function that gives its folder, which has no node_modules above. */
export const useBundle = (): (() => string) => {
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "wa-token-bundle-"));
    await bundleInto(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
};
