import { describe, expect, it } from "vitest";
import type { RenewalAction } from "../../../src/renewal/audit.ts";
import { after, NOW } from "../../support/builders.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { aRenewal } from "../../support/renewals.ts";
import { ANNA, only, whats, written } from "../support/harness.ts";
import { BEN, type Staged, withRenewals } from "../support/renewals.ts";

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

  describe("without ADMIN_USERS", () => {
    const OFF = { deps: { renewals: undefined, adminUsers: new Set<string>() } };

    it.each(BUTTONS)("%s says that renewals are off, and is in the audit", async (id, value, attempt) => {
      const { harness, calls, refused, press } = withRenewals(OFF);
      await press(id, value);
      expect(whats(harness)).toBe("ack respond");
      expect(only(harness, "respond").text).toBe(
        "Renewals from Slack are off, because ADMIN_USERS is not set. Use `wa-token renew` in a terminal.",
      );
      expect(calls).toEqual([]);
      // Without renewals, nothing reads the renewal of a button.
      expect(refused).toEqual([["refused", attempt, ANNA, attempt === "renew" ? "orders-prod" : null]]);
    });

    it.each(FORMS)("a submitted %s says so too, and is in the audit", async (form, metadata, attempt) => {
      const { harness, refused, submit } = withRenewals(OFF);
      await submit(form, metadata, {});
      expect(written(only(harness, "ack"))).toContain("Renewals from Slack are off");
      expect(refused.map((entry) => entry.slice(0, 3))).toEqual([["refused", attempt, ANNA]]);
    });

    it.each(BUTTONS)("%s tells another organisation nothing about the configuration", async (id, value, attempt) => {
      const { harness, refused, pressAs } = withRenewals(OFF);
      await pressAs("U0OTHER", id, value, "T0OTHER");
      expect(only(harness, "respond").text).toMatch(/Only people of the workspace/);
      expect(written(harness.deeds)).not.toContain("ADMIN_USERS");
      expect(refused.map((entry) => entry.slice(0, 3))).toEqual([["refused", attempt, "U0OTHER"]]);
    });
  });
});

describe("an admin's attempt that is refused", () => {
  const choose = (value: string) => ({ type: "static_select", selected_option: { value } });
  type Act = (staged: ReturnType<typeof withRenewals>) => Promise<void>;
  const paste: Act = ({ submit }) =>
    submit("renewal.paste.form", "renewal-1", {
      "renewal.token.ab": { type: "plain_text_input", value: fakeToken("pasted at the limit") },
    });
  const startForm: Act = ({ submit }) =>
    submit("renewal.start.form", "orders-prod", {
      "renewal.way": { type: "radio_buttons", selected_option: { value: "given" } },
    });

  it.each<[string, RenewalAction, Act]>([
    ["Renew…", "renew", ({ press }) => press("renewal.renew", "orders-prod")],
    ["the form of Renew…", "renew", startForm],
    ["the menu of the guide", "renew", ({ harness }) => harness.press("renewal.checklist", {}, choose("orders-prod"))],
    ["the form for a token", "paste", paste],
    ["End old token…", "end_old", ({ press }) => press("renewal.end", "renewal-1")],
    ["Put old token back", "put_back", ({ press }) => press("renewal.putback", "renewal-1")],
  ])("because of the limit is in the audit: %s", async (_name, attempt, act) => {
    const staged = withRenewals();
    for (let time = 0; time < 5; time++) await act(staged);
    expect(staged.refused).toEqual([]);
    await act(staged);
    expect(staged.refused).toEqual([["refused", attempt, ANNA, "orders-prod"]]);
  });

  it.each<[string, Staged, string | null]>([
    ["the renewal is at another step", { offered: ["cancel"] }, "orders-prod"],
    ["somebody works on it", { offered: ["cancel"], stored: aRenewal({ working: true }) }, "orders-prod"],
    ["the renewal is gone", { stored: undefined }, null],
  ])("is in the audit when the form for a token does not open, because %s", async (_name, staged, watch) => {
    const { refused, press } = withRenewals(staged);
    await press("renewal.paste", "renewal-1");
    expect(refused).toEqual([["refused", "paste", ANNA, watch]]);
  });

  it.each<[string, Act]>([
    ["Renew…", ({ press }) => press("renewal.renew", "gone-prod")],
    ["the form of Renew…", ({ submit }) => submit("renewal.start.form", "gone-prod", {})],
    ["the menu of the guide", ({ harness }) => harness.press("renewal.checklist", {}, choose("gone-prod"))],
  ])("is in the audit when the watch is gone: %s", async (_name, act) => {
    const staged = withRenewals();
    await act(staged);
    expect(staged.refused).toEqual([["refused", "renew", ANNA, null]]);
  });
});
