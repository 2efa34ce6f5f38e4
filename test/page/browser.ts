// test/page/ tests the playground in a real Chromium (chromium.ts starts one for the run). A test has its own world and
// bot, or shares them with tests that work in any order. A test fails when the page loads something from another site,
// logs an error or throws. To add a test: add a file here, call `openTab(context)` for the page, and use the helpers of
// slack-page.ts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, expect, inject, onTestFinished, type ProvidedContext, type TestContext } from "vitest";
import { openPlayground, type Playground, type PlaygroundOptions } from "../../sandbox/page/server/playground.ts";

export interface Tab {
  readonly page: Page;
  readonly playground: Playground;
  /** Opens the same playground in a second browser. */
  readonly another: () => Promise<Page>;
}

/** Opens the playground in a browser. Skips the test, with the reason, where there is no browser. */
export async function openTab(
  context: TestContext,
  options: BrowserContextOptions = {},
  world: PlaygroundOptions = {},
): Promise<Tab> {
  const { tab, check } = await open(browserFor(context), options, world, onTestFinished);
  onTestFinished(check);
  return tab;
}

/**
 * One tab for all tests of a file or group, opened by the first of them, because opening costs more than a short test
 * does. Only for tests that work in any order: each leaves no dialog open and reads only what it wrote itself.
 */
export function sharedTab(
  options: BrowserContextOptions = {},
  world: PlaygroundOptions = {},
): (context: TestContext) => Promise<Tab> {
  const closers: (() => Promise<void>)[] = [];
  let opened: ReturnType<typeof open> | undefined;
  afterAll(async () => {
    for (const close of closers.toReversed()) await close();
  });
  return async (context) => {
    const found = browserFor(context);
    opened ??= open(found, options, world, (close) => closers.push(close));
    const { tab, check } = await opened;
    onTestFinished(check);
    return tab;
  };
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

type FoundBrowser = Exclude<ProvidedContext["browser"], { readonly missing: string }>;

function browserFor(context: TestContext): FoundBrowser {
  const found = inject("browser");
  return "missing" in found ? context.skip(`no browser: ${found.missing}`) : found;
}

/** `atEnd` takes what closes the tab again. `check` throws when a page has had a problem. */
async function open(
  found: FoundBrowser,
  options: BrowserContextOptions,
  world: PlaygroundOptions,
  atEnd: (close: () => Promise<void>) => void,
): Promise<{ readonly tab: Tab; readonly check: () => Promise<void> }> {
  const { folder, files } = found.client;
  const assets = new Map(
    files.map(([path, contentType]) => [path, { contentType, body: readFileSync(join(folder, path)) }]),
  );
  const playground = await openPlayground({ assets, deployment: "each_kind", ...world });
  atEnd(playground.close);
  const browser = await chromium.connect(found.address);
  atEnd(() => browser.close());
  const looks: { readonly page: Page; readonly troubles: readonly string[] }[] = [];
  const look = async (): Promise<Page> => {
    const page = await browser.newPage({ timezoneId: "UTC", locale: "en-US", ...options });
    page.setDefaultTimeout(PATIENCE_MS);
    looks.push({ page, troubles: watchFor(page, playground.url) });
    await page.goto(playground.url);
    return page;
  };
  const check = async (): Promise<void> => {
    for (const { page, troubles } of looks) {
      // blocks.tsx shows the name of an element that it cannot draw.
      expect(await page.getByText("This page does not draw").count()).toBe(0);
      expect(troubles).toEqual([]);
    }
  };
  return { tab: { page: await look(), playground, another: look }, check };
}
