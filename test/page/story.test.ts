import { expect, it } from "vitest";
import { seriousFindings } from "./accessibility.ts";
import { openTab } from "./browser.ts";
import { openPanel } from "./world-page.ts";

it("a story plays with captions, and can be paused, resumed and stopped, even while a modal is open", async (context) => {
  const { page, playground } = await openTab(context);
  const stories = await openPanel(page, "Stories");
  await stories.getByRole("button", { name: "Play: A rotation done right" }).click();
  const bar = page.getByRole("region", { name: "Story: A rotation done right" });
  await bar.getByText("1 of 7").waitFor();
  await page.getByRole("main").getByRole("heading", { name: "wa-alerts" }).waitFor();
  expect(await bar.getByText(/five days left/).getAttribute("aria-live")).toBe("polite");
  await bar.getByRole("button", { name: "Pause" }).click();
  await bar.getByRole("button", { name: "Resume" }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await bar.getByRole("button", { name: "Resume" }).click();

  await page
    .getByRole("main")
    .getByRole("heading", { name: /^Step 1: / })
    .waitFor({ timeout: 30_000 });
  await page.getByRole("dialog", { name: "Check result" }).waitFor({ timeout: 30_000 });
  expect(await seriousFindings(page)).toEqual([]);
  await bar.getByRole("button", { name: "Stop" }).click();
  await bar.waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  expect(playground.player.view().playing).toBeNull();
  expect(playground.world.slack.rejections()).toEqual([]);
});
