import { describe, expect, it } from "vitest";
import { after, NOW } from "../../support/builders.ts";
import { ANNA, createHarness, only, whats, written } from "../support/harness.ts";
import { BEN, withRenewals } from "../support/renewals.ts";

/** Every button, with a value that exists. */
const BUTTONS = [
  ["renewal.renew", "orders-prod", "renew"],
  ["renewal.paste", "renewal-1", "paste"],
  ["renewal.confirm", "renewal-1", "confirm_in_use"],
  ["renewal.end", "renewal-1", "end_old"],
  ["renewal.putback", "renewal-1", "put_back"],
  ["renewal.cancel", "renewal-1", "cancel"],
] as const;

const FORMS = [
  ["renewal.start.form", "orders-prod", "renew"],
  ["renewal.paste.form", "renewal-1", "paste"],
] as const;

describe("who may renew", () => {
  it.each(BUTTONS)(
    "%s is refused to a person who is no admin, who learns who may; the audit gets it",
    async (id, value, attempt) => {
      const { harness, calls, refused, pressAs } = withRenewals();
      await pressAs(BEN, id, value);
      expect(whats(harness)).toBe("ack respond");
      expect(only(harness, "respond")).toMatchObject({ response_type: "ephemeral", replace_original: false });
      expect(only(harness, "respond").text).toBe("Only admins can renew: <@U0ANNA> and <@U0ROBIN>.");
      expect(calls).toEqual([]);
      expect(refused).toEqual([["refused", attempt, BEN, "orders-prod"]]);
    },
  );

  it.each(BUTTONS)("%s of another organisation has no effect and names no admin", async (id, value) => {
    const { harness, calls, pressAs } = withRenewals();
    await pressAs(ANNA, id, value, "T0OTHER");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toMatch(/Only people of the workspace/);
    expect(written(harness.deeds)).not.toContain("U0ROBIN");
    expect(calls).toEqual([]);
  });

  it.each(FORMS)(
    "a submitted %s of a person who lost the role is refused, in the form",
    async (form, metadata, attempt) => {
      const { harness, calls, refused, submit } = withRenewals();
      await submit(form, metadata, {}, BEN);
      expect(whats(harness)).toBe("ack");
      expect(written(only(harness, "ack"))).toContain("Only admins can renew: <@U0ANNA> and <@U0ROBIN>.");
      expect(calls).toEqual([]);
      expect(refused).toEqual([["refused", attempt, BEN, "orders-prod"]]);
    },
  );

  it("a forged watch or renewal is not repeated in the audit", async () => {
    const { refused, pressAs } = withRenewals();
    await pressAs(BEN, "renewal.renew", "forged");
    await pressAs(BEN, "renewal.cancel", "forged");
    expect(refused).toEqual([
      ["refused", "renew", BEN, null],
      ["refused", "cancel", BEN, null],
    ]);
  });

  it("a person who keeps pressing fills the audit with five lines a minute", async () => {
    let at = NOW;
    const { harness, refused, pressAs } = withRenewals({ deps: { now: () => at } });
    for (let time = 0; time < 8; time++) await pressAs(BEN, "renewal.cancel", "renewal-1");
    expect(refused).toHaveLength(5);
    expect(harness.deeds.filter(({ what }) => what === "respond")).toHaveLength(8);
    at = after(61_000);
    await pressAs(BEN, "renewal.cancel", "renewal-1");
    expect(refused).toHaveLength(6);
  });

  it("a refusal stands when the audit cannot be saved", async () => {
    const { harness, pressAs } = withRenewals({ deps: { record: () => Promise.reject(new Error("away")) } });
    await pressAs(BEN, "renewal.cancel", "renewal-1");
    expect(only(harness, "respond").text).toMatch(/^Only admins can renew/);
    expect(harness.errors).toEqual([]);
    expect(harness.lines).toMatchObject([{ attempt: "cancel", user: BEN }]);
  });

  it.each(BUTTONS)("%s says that renewals are off without ADMIN_USERS", async (id, value) => {
    const harness = createHarness();
    await harness.press(id, {}, { value });
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toBe("Renewals from Slack are off, because ADMIN_USERS is not set.");
  });
});
