import { expect, it } from "vitest";
import { seriousFindings } from "./accessibility.ts";
import { openTab } from "./browser.ts";
import { messageWith } from "./slack-page.ts";
import { openPanel, pass } from "./world-page.ts";

it("while Meta is unreachable, the bot reports that it could not check, and never a dead token", async (context) => {
  const { page, playground } = await openTab(context, {}, { deployment: "healthy" });
  const world = await openPanel(page, "World");
  const away = world.getByRole("group", { name: /Graph/ }).getByRole("switch", { name: "Unreachable" });
  await away.click();
  await world.getByText("Unreachable", { exact: true }).first().waitFor();
  await world.getByRole("switch", { name: "Unreachable", checked: true }).waitFor();
  await page.getByText("Meta: Unreachable. The bot cannot check tokens. Switch this off in World.").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await pass(page, "+1 day");
  const alert = messageWith(page, "could not be checked");
  await alert.filter({ hasText: "This bot cannot watch these tokens now." }).waitFor();
  for (const dead of ["expired", "revoked", "severity critical"])
    expect(await page.getByRole("main").textContent()).not.toContain(dead);
  await expect(page.getByRole("main").getByRole("article").count()).resolves.toBe(1);

  await away.click();
  await world.getByRole("switch", { checked: true }).waitFor({ state: "detached" });
  await world.getByText("works").first().waitFor();
  await pass(page, "+1 hour");
  const back = messageWith(page, /^.*Fixed: all/s);
  await back.getByText("(edited)").waitFor();
  expect(await alert.count()).toBe(0);
  expect(playground.world.slack.rejections()).toEqual([]);
});
