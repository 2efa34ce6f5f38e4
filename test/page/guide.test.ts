import { expect, it } from "vitest";
import { openTab } from "./browser.ts";
import { seriousFindings } from "./accessibility.ts";
import { goTo, newestMessage } from "./slack-page.ts";

it("the guide can be completed, read and followed step by step with the keyboard alone, and stays private", async (context) => {
  const { page } = await openTab(context);
  await goTo(page, "general");
  const composer = page.getByRole("combobox", { name: "Command line of general" });
  await composer.pressSequentially("/wa");
  await page.getByRole("option", { name: "/wa-token guide [words]" }).waitFor();
  await page.keyboard.press("Tab");
  expect(await composer.inputValue()).toBe("/wa-token guide ");
  await page.keyboard.press("Enter");

  const guide = newestMessage(page);
  await guide.getByText("Only visible to you").waitFor();
  for (const title of [1, 2, 3, 4, 5].map((step) => new RegExp(`^Step ${step}: `)))
    await guide.getByRole("heading", { name: title }).waitFor();
  expect(await guide.getByRole("link", { name: "business.facebook.com" }).first().getAttribute("href")).toBe(
    "https://business.facebook.com",
  );

  // The numbers of a step continue after the points below it.
  const lists = await guide.getByRole("list").allInnerTexts();
  expect(lists.join("\n")).toMatch(/\b5\.\s*Click Create system user\./);

  expect(await seriousFindings(page)).toEqual([]);

  await guide.getByRole("button", { name: "Walk step by step through the guide" }).first().press("Enter");
  await guide.getByRole("heading", { name: /^Step 1: / }).waitFor();
  const next = guide.getByRole("button", { name: /^Next: / });
  await next.focus();
  for (const step of [2, 3, 4, 5]) {
    // The focus stays on "Next", although each step is rendered again.
    await page.keyboard.press("Enter");
    await guide.getByRole("heading", { name: new RegExp(`^Step ${step}: `) }).waitFor();
    expect(await guide.getByRole("heading").count()).toBe(1);
    const lines = (await guide.getByRole("list").allInnerTexts()).join("\n").split("\n");
    const numbers = lines.flatMap((line) => /^(\d+)\.$/.exec(line.trim())?.[1] ?? []).map(Number);
    expect([step, numbers]).toEqual([step, numbers.map((_, index) => index + 1)]);
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-action") === "guide.next");
  }
  await guide.getByText("(edited)").waitFor();

  await guide.getByRole("combobox", { name: "Go to a topic" }).press("Enter");
  await page.keyboard.type("p");
  await page.keyboard.press("Enter");
  await guide.getByRole("heading", { name: "Permissions (scopes)" }).waitFor();

  await page.getByRole("radio", { name: /^Guest of Partner Org/ }).check();
  await page.getByText("partner", { exact: true }).waitFor();
  expect(await page.getByRole("article").count()).toBe(0);
});
