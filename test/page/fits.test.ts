import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { openTab, sharedTab } from "./browser.ts";
import { choose, command, dialog, messageWith } from "./slack-page.ts";
import { openPanel } from "./world-page.ts";

/** Texts that their box hides, and boxes of the Slack view that are too narrow to read. */
const cut = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>(".pg-page *")].filter(
      (element) => element.closest("svg, .pg-hidden, .pg-tag") === null && element.clientWidth > 0,
    );
    const hidden = shown.filter(
      (element) => getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1,
    );
    const narrow = [...document.querySelectorAll<HTMLElement>(".pg-main, .pg-thread, .pg-panel")].filter(
      ({ clientWidth }) => clientWidth < Math.min(330, innerWidth),
    );
    const outside = [...document.querySelectorAll<HTMLElement>(".tm-now, .tm-bar :is(button, select)")].filter(
      (element) => element.getBoundingClientRect().right > innerWidth || element.scrollWidth > element.clientWidth + 1,
    );
    return [...hidden, ...narrow, ...outside].map(
      ({ className, clientWidth, scrollWidth, innerText }) =>
        `${className}: ${scrollWidth} in ${clientWidth}: ${innerText.slice(0, 60)}`,
    );
  });

it("no fact is cut, with a thread and with each panel, from a phone to a desktop", async (context) => {
  const { page } = await openTab(context);
  const alert = messageWith(page, "support-prod").first();
  await alert.getByRole("button", { name: /^Acknowledge/ }).click();
  await alert.getByRole("button", { name: /reply/ }).click();
  const close = page.getByRole("button", { name: "Close the thread" });
  await close.waitFor();
  for (const panel of ["World", "Timeline"] as const) {
    await openPanel(page, panel);
    for (const width of [1440, 1280, 1024, 900, 768, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(() => cut(page), { message: `${panel} at ${width} px` }).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  await close.click();
  await page.setViewportSize({ width: 1024, height: 768 });
  await expect.poll(() => cut(page)).toEqual([]);
});

/** The width of a phone, and less than its height. */
const openPhone = sharedTab({ viewport: { width: 390, height: 700 } });

it("a list of options is whole, above the footer of its dialog and inside the window", async (context) => {
  const { page } = await openPhone(context);
  await command(page, "check");
  const form = dialog(page, "Check a token");
  await form.getByRole("combobox", { name: /^Watched token/ }).click();
  const options = form.getByRole("option");
  expect(await options.count()).toBe(7);
  for (const option of await options.all()) {
    const isOnTop = await option.evaluate((element) => {
      element.scrollIntoView({ block: "nearest" });
      const { left, top, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
    expect([await option.textContent(), isOnTop]).toEqual([await option.textContent(), true]);
  }
  await page.keyboard.press("Escape");
  await choose(page, form, /^Watched token/, "bookings");
  await form.getByRole("combobox", { name: /^Watched token .*bookings$/ }).waitFor();
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
});

const PHONE_HEIGHT = 844;

/** One alert for each kind of problem with one finding. */
const HEADLINES = [
  "support-prod: token expiring",
  "newsletter: permission missing",
  "partner-bot: token of another app",
];

it("an alert about one finding fits on one phone screen, with its steps, buttons and facts", async (context) => {
  const { page } = await openPhone(context);
  for (const headline of HEADLINES) {
    const alert = messageWith(page, headline).first();
    await alert.getByRole("button", { name: /^Check now/ }).waitFor();
    expect((await alert.boundingBox())?.height).toBeLessThan(PHONE_HEIGHT);
  }
});
