import { expect, it } from "vitest";
import { seriousFindings } from "./accessibility.ts";
import { openTab } from "./browser.ts";
import { command, dialog } from "./slack-page.ts";

it("a token is checked in a form, which shows a field error, then “Checking…”, then the result", async (context) => {
  const { page, playground } = await openTab(context);
  await command(page, "check");
  const form = dialog(page, "Check a token");
  await form.waitFor();
  // The first field has the focus.
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");

  const field = form.getByRole("textbox", { name: "Token" });
  await field.fill("short");
  await form.getByRole("button", { name: "Check", exact: true }).click();
  await form.getByText("It is too short to be a token: 5 characters.").waitFor();
  expect(await field.getAttribute("aria-invalid")).toBe("true");
  expect(await seriousFindings(page)).toEqual([]);

  // One press replaces what was typed with a sample token.
  await form.getByRole("button", { name: "Permission missing" }).click();
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>(".pg-text")?.value.startsWith("EAA"));
  const sample = await field.inputValue();
  expect(await seriousFindings(page)).toEqual([]);
  // A check without a watch would not test what the token can reach.
  await form.getByText("fill in a sample token for orders-prod").waitFor();
  await form.getByRole("combobox", { name: /^Watched token .*orders-prod$/ }).waitFor();
  // The page itself notes the text, because it is there for less than a second.
  const noted = page.evaluate(
    (text) =>
      new Promise<void>((resolve) => {
        const look = (): boolean =>
          [...document.querySelectorAll("dialog *")].some((part) => part.textContent === text);
        new MutationObserver((_changes, observer) => {
          if (!look()) return;
          observer.disconnect();
          resolve();
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    "Checking…",
  );
  await form.getByRole("button", { name: "Check", exact: true }).click();
  await noted;
  const result = dialog(page, "Check result");
  await result.getByRole("heading", { name: "Degraded: lacks 1 permission" }).waitFor();
  await result.getByText("Missing: whatsapp_business_messaging").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.content()).not.toContain(sample);

  await result.getByRole("button", { name: "Show me how: the part of the guide that helps" }).click();
  const guide = dialog(page, "WhatsApp token guide");
  // The guide opens at its top, although it has a select below.
  await guide.getByRole("heading", { level: 2 }).and(page.locator(":focus")).waitFor();
  expect(await guide.locator(".pg-dialog-body").evaluate((body) => body.scrollTop)).toBe(0);
  await guide.getByRole("button", { name: "Back to the result" }).click();
  await result.getByRole("heading", { name: "Degraded: lacks 1 permission" }).waitFor();
  await page.keyboard.press("Escape");
  await result.waitFor({ state: "detached" });
  expect(playground.world.slack.rejections()).toEqual([]);
});
