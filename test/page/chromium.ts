import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserServer, chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { bundleClient } from "../../sandbox/page/server/assets.ts";
import { browserCandidates } from "./find-browser.ts";

/** The bundled client in a folder: the paths and types of its files. */
export interface PageClient {
  readonly folder: string;
  readonly files: readonly (readonly [path: string, contentType: string])[];
}

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the run's browser, or the reason that there is none. */
    browser: { readonly address: string; readonly client: PageClient } | { readonly missing: string };
  }
}

/** Threads of V8 that compile and collect beside the page would take processor time from the other tests. */
const FLAGS = ["--disable-gpu", "--js-flags=--single-threaded"];

/** Set where a run without a browser must not count as complete; .ci/run sets it. */
const REQUIRED = "WA_TOKEN_REQUIRE_BROWSER";

async function launch(): Promise<BrowserServer | string> {
  const problems: string[] = [];
  for (const executablePath of await browserCandidates()) {
    try {
      return await chromium.launchServer({ executablePath, headless: true, args: FLAGS });
    } catch (error) {
      problems.push(`${executablePath}: ${error instanceof Error ? error.message.split("\n", 1)[0] : String(error)}`);
    }
  }
  return problems.length === 0 ? "no Chromium was found on this machine" : problems.join("; ");
}

async function bundleOnce(): Promise<PageClient> {
  const folder = mkdtempSync(join(tmpdir(), "wa-token-client-"));
  const assets = await bundleClient();
  for (const [path, { body }] of assets) writeFileSync(join(folder, path), body);
  return { folder, files: [...assets].map(([path, { contentType }]) => [path, contentType]) };
}

/** Starts the only Chromium of the test run and bundles the page once; vitest calls this when a file needs it. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await launch();
  if (typeof server !== "string") {
    const client = await bundleOnce();
    project.provide("browser", { address: server.wsEndpoint(), client });
    return async () => {
      await server.close();
      rmSync(client.folder, { recursive: true, force: true });
    };
  }
  const line = "=".repeat(100);
  process.stdout.write(`\n${line}\nTHE BROWSER TESTS ARE SKIPPED: ${server}.\n${line}\n\n`);
  if ((process.env[REQUIRED] ?? "") !== "") throw new Error(`${REQUIRED} is set, and there is no browser: ${server}.`);
  project.provide("browser", { missing: server });
  return async () => {};
};
