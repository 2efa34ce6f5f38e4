import { expect, it } from "vitest";
import { seriousFindings } from "./accessibility.ts";
import { openTab } from "./browser.ts";
import { timeBar } from "./world-page.ts";

/**
 * Machines that others share may be many times slower. In three whole runs of six, the journey did not end within 60 s on
 * two busy cores, for a reason that is not known. The second try is printed.
 */
const LONG = { timeout: 150_000, retry: 1 };

it("a long journey shows its progress and can be stopped with the keyboard alone", LONG, async (context) => {
  const { page, playground } = await openTab(context);
  // Each step of the journey takes a moment, so that a slow machine sees it on the way and has time for the page.
  playground.world.graph.faults.add({ kind: "slow", delayMs: 150, times: Infinity });
  const bar = timeBar(page);
  await bar.getByRole("button", { name: "+60 days" }).press("Enter");
  await bar.getByRole("progressbar", { name: "Time is passing" }).waitFor();
  await bar.getByText("to Sat, 23 Jan 2027").waitFor();
  const news = bar.getByRole("list", { name: "News while time passes" });
  await news
    .getByText(/Reminder sent/)
    .first()
    .waitFor();
  await bar.getByRole("button", { name: "Stop" }).press("Enter");
  // The pressed button keeps the focus.
  await page.waitForFunction(() => document.activeElement?.textContent === "▶ Play");
  await news.waitFor({ state: "detached" });
  expect(await bar.getByRole("progressbar").count()).toBe(0);
  await bar
    .getByRole("status")
    .getByText(/^It is .* 20\d\d, \d\d:\d\d\.$/)
    .waitFor({ state: "attached" });
});

it("playing shows its progress and its news, and can be paused with the keyboard alone", async (context) => {
  const { page, playground } = await openTab(context, {}, { deployment: "healthy" });
  const bar = timeBar(page);
  // The slowest speed leaves the processor to the search for findings. The revoked token is news at the first tick.
  await bar.getByRole("combobox", { name: "Speed" }).selectOption("1 hour per second");
  playground.stage().desk.act("orders-prod", "revoke");
  await bar.getByRole("button", { name: "Play" }).press("Enter");
  await bar.getByRole("list", { name: "News while time passes" }).waitFor();
  await bar.getByRole("progressbar", { name: "Time is passing" }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await bar.getByRole("button", { name: "Pause" }).press("Enter");
  await bar.getByRole("button", { name: "Play" }).waitFor();
});

it("on a phone the panels are drawers, and no content is wider than the screen", async (context) => {
  const { page } = await openTab(context, { viewport: { width: 360, height: 720 } });
  const bar = timeBar(page);
  for (const name of ["World", "Timeline", "Stories"]) {
    await bar.getByRole("button", { name, exact: true }).click();
    await page.getByRole("heading", { name, exact: true }).waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("button", { name: `Close ${name}` }).click();
  }
  await bar.getByText("08:00", { exact: true }).waitFor();

  // While time passes, Stop and the progress replace the moves.
  await bar.getByRole("button", { name: "▶ Play" }).click();
  const { x = 0, width = Infinity } = (await bar.getByRole("progressbar").boundingBox()) ?? {};
  expect(x + width).toBeLessThan(360);
  expect(await bar.getByRole("button", { name: "+60 days" }).isVisible()).toBe(false);
  await bar.getByRole("button", { name: "Pause" }).click();
  await bar.getByRole("button", { name: "+60 days" }).waitFor();
});
