import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The serious and critical problems that axe-core finds on the current page, each with one place. */
export const seriousFindings = (page: Page): Promise<readonly string[]> => findings(page, {});

/** The serious problems with colours alone, for a page that `seriousFindings` has searched in other colours. */
export const colourFindings = (page: Page): Promise<readonly string[]> =>
  findings(page, { runOnly: { type: "rule", values: COLOUR_RULES } });

/** The rules of axe-core that read colours. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

async function findings(page: Page, options: RunOptions): Promise<readonly string[]> {
  // The debugger runs this script, so the page's own policy does not block it.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE);
  const asked = JSON.stringify({ ...options, resultTypes: ["violations"] });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${asked})`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html ?? ""}`);
}
