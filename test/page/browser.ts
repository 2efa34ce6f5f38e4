// test/page/ tests the playground in a real Chromium (chromium.ts starts one for the run). Each test has its own world
// and bot. A test fails when the page loads something from another site, logs an error or throws. To add a test: add a
// file here, call `openTab(context)` for the page, and use the helpers of slack-page.ts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type BrowserContextOptions, type Page } from "playwright-core";
import { expect, inject, onTestFinished, type TestContext } from "vitest";
import { openPlayground, type Playground, type PlaygroundOptions } from "../../sandbox/page/server/playground.ts";

export interface Tab {
  readonly page: Page;
  readonly playground: Playground;
  /** Opens the same playground in a second browser. */
  readonly another: () => Promise<Page>;
}

/** Nothing waits for it when all is well. */
const PATIENCE_MS = 30_000;

/** Problems that the page must not have. They are collected during the test, and the test expects none at its end. */
function watchFor(page: Page, own: string): readonly string[] {
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(`thrown: ${error.message}`));
  page.on("console", (line) => {
    if (line.type() === "error" || line.type() === "warning") troubles.push(`logged: ${line.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(own)) troubles.push(`asked elsewhere: ${request.url()}`);
  });
  return troubles;
}

/** Opens the playground in a browser. Skips the test, with the reason, where there is no browser. */
export async function openTab(
  context: TestContext,
  options: BrowserContextOptions = {},
  world: PlaygroundOptions = {},
): Promise<Tab> {
  const found = inject("browser");
  if ("missing" in found) return context.skip(`no browser: ${found.missing}`);
  const { folder, files } = found.client;
  const assets = new Map(
    files.map(([path, contentType]) => [path, { contentType, body: readFileSync(join(folder, path)) }]),
  );
  const playground = await openPlayground({ assets, deployment: "each_kind", ...world });
  onTestFinished(playground.close);
  const browser = await chromium.connect(found.address);
  onTestFinished(() => browser.close());
  const look = async (): Promise<Page> => {
    const page = await browser.newPage({ timezoneId: "UTC", locale: "en-US", ...options });
    page.setDefaultTimeout(PATIENCE_MS);
    const troubles = watchFor(page, playground.url);
    onTestFinished(async () => {
      // blocks.tsx shows the name of an element that it cannot draw.
      expect(await page.getByText("This page does not draw").count()).toBe(0);
      expect(troubles).toEqual([]);
    });
    await page.goto(playground.url);
    return page;
  };
  return { page: await look(), playground, another: look };
}
