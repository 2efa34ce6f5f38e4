import { type BrowserServer, chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { browserCandidates } from "./find-browser.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the run's browser, or the reason that there is none. */
    browser: { readonly address: string } | { readonly missing: string };
  }
}

/** Set where a run without a browser must not count as complete; .ci/run sets it. */
const REQUIRED = "WA_TOKEN_REQUIRE_BROWSER";

async function launch(): Promise<BrowserServer | string> {
  const problems: string[] = [];
  for (const executablePath of await browserCandidates()) {
    try {
      return await chromium.launchServer({ executablePath, headless: true, args: ["--disable-gpu"] });
    } catch (error) {
      problems.push(`${executablePath}: ${error instanceof Error ? error.message.split("\n", 1)[0] : String(error)}`);
    }
  }
  return problems.length === 0 ? "no Chromium was found on this machine" : problems.join("; ");
}

/** Starts the only Chromium of the test run; vitest calls this when a file needs it. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await launch();
  if (typeof server !== "string") {
    project.provide("browser", { address: server.wsEndpoint() });
    return () => server.close();
  }
  const line = "=".repeat(100);
  process.stdout.write(`\n${line}\nTHE BROWSER TESTS ARE SKIPPED: ${server}.\n${line}\n\n`);
  if ((process.env[REQUIRED] ?? "") !== "") throw new Error(`${REQUIRED} is set, and there is no browser: ${server}.`);
  project.provide("browser", { missing: server });
  return async () => {};
};
