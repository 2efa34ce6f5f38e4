// test/page/ looks at the playground as people do: in a real Chromium (chromium.ts starts one for the run), each test
// with a world and a bot of its own. Whatever the page fetches from elsewhere, logs as an error or throws fails the test.
// To add a test: a file here, `openTab(context)` for the page, and the helpers of slack-page.ts to work with it.
import { chromium, type BrowserContextOptions, type Page } from "playwright-core";
import { expect, inject, onTestFinished, type TestContext } from "vitest";
import { openPlayground, type Playground, type PlaygroundOptions } from "../../sandbox/page/server/playground.ts";

export interface Tab {
  readonly page: Page;
  readonly playground: Playground;
  /** Another browser that looks at the same playground. */
  readonly another: () => Promise<Page>;
}

const PATIENCE_MS = 10_000;

/** What nobody should see: gathered while the test runs, expected to be nothing at its end. */
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

/** Opens the playground and looks at it; skips the test, with the reason, where there is no browser. */
export async function openTab(
  context: TestContext,
  options: BrowserContextOptions = {},
  world: PlaygroundOptions = {},
): Promise<Tab> {
  const found = inject("browser");
  if ("missing" in found) return context.skip(`no browser: ${found.missing}`);
  const playground = await openPlayground(world);
  onTestFinished(playground.close);
  const browser = await chromium.connect(found.address);
  onTestFinished(() => browser.close());
  const look = async (): Promise<Page> => {
    const page = await browser.newPage({ timezoneId: "UTC", locale: "en-US", ...options });
    page.setDefaultTimeout(PATIENCE_MS);
    const troubles = watchFor(page, playground.url);
    onTestFinished(async () => {
      // blocks.tsx names what it cannot draw.
      expect(await page.getByText("This page does not draw").count()).toBe(0);
      expect(troubles).toEqual([]);
    });
    await page.goto(playground.url);
    return page;
  };
  return { page: await look(), playground, another: look };
}
