import { expect, it } from "vitest";
import { openTab } from "./browser.ts";
import { messageWith } from "./slack-page.ts";

const PHONE = { width: 390, height: 844 };

/** One alert for each kind of problem with one finding. */
const HEADLINES = [
  "support-prod: token expiring",
  "newsletter: permission missing",
  "partner-bot: token of another app",
];

it("an alert about one finding fits on one phone screen, with its steps, buttons and facts", async (context) => {
  const { page } = await openTab(context, { viewport: PHONE });
  for (const headline of HEADLINES) {
    const alert = messageWith(page, headline).first();
    await alert.getByRole("button", { name: /^Check now/ }).waitFor();
    expect((await alert.boundingBox())?.height).toBeLessThan(PHONE.height);
  }
});
