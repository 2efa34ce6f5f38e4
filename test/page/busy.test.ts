import { expect, it } from "vitest";
import { sharedTab } from "./browser.ts";
import { command, dialog, messageWith } from "./slack-page.ts";
import { openPanel } from "./world-page.ts";

const openShared = sharedTab();

it("a busy button is disabled and keeps the focus, and a second press sends nothing", async (context) => {
  const { page } = await openShared(context);
  const held: (() => void)[] = [];
  await page.route("**/api/{action,time/move,world/token}", async (route) => {
    await new Promise<void>((resolve) => {
      held.push(resolve);
    });
    await route.continue();
  });
  const world = await openPanel(page, "World");
  for (const button of [
    messageWith(page, "support-prod")
      .first()
      .getByRole("button", { name: /^Check now/ }),
    page.getByRole("button", { name: "+1 hour" }),
    world.getByRole("button", { name: "Block sending: orders-prod" }),
  ]) {
    const before = held.length;
    await button.focus();
    await button.evaluate((element: HTMLElement) => {
      element.click();
      element.click();
    });
    await expect.poll(() => button.getAttribute("aria-disabled")).toBe("true");
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await expect.poll(() => held.length).toBe(before + 1);
    const answered = page.waitForResponse("**/api/**");
    held.at(-1)?.();
    expect((await answered).status()).toBe(200);
  }
});

it("a refusal of the page is readable in front of an open dialog, and can be dismissed", async (context) => {
  const { page } = await openShared(context);
  await command(page, "check");
  const form = dialog(page, "Check a token");
  await form.waitFor();
  const problem = "This has changed in the meantime. Try again.";
  await page.route("**/api/submit", (route) => route.fulfill({ json: { ok: false, problem } }));
  await form.getByRole("button", { name: "Check", exact: true }).click();
  const toast = form.getByRole("status").filter({ hasText: problem });
  await toast.waitFor();
  await toast.getByRole("button", { name: "Dismiss" }).click();
  await toast.waitFor({ state: "detached" });
  expect(await form.isVisible()).toBe(true);
  await form.getByRole("button", { name: "Close", exact: true }).click();
  await form.waitFor({ state: "detached" });
});
