import { describe, expect, it } from "vitest";
import type { KnownBlock } from "@slack/types";
import type { SlackDeps } from "../../../src/slack/requests/deps.ts";
import { readQuery, writeQuery } from "../../../src/slack/status/query.ts";
import { bookOf } from "../../../src/watch/watch-book.ts";
import { aFinding, aVerdict } from "../../support/builders.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { createHarness, only, whats, written } from "../support/harness.ts";
import { anAlerted, aRecord, listedAs, storeOf } from "../support/records.ts";

const dead = { verdict: aVerdict({ findings: [aFinding("revoked")] }) };
const fleet = [
  ...Array.from({ length: 45 }, (_, index) => anAlerted(`ill-${index}`, dead)),
  ...Array.from({ length: 1_000 }, (_, index) => aRecord(`fine-${index}`, { verdict: aVerdict() })),
];

const slackOf = (records = fleet, overrides: Partial<SlackDeps> = {}) =>
  createHarness({ ...storeOf(records), cards: bookOf(records.map(({ name }) => listedAs(name))), ...overrides });

const valueOf = (blocks: readonly KnownBlock[] = [], id: string): string | undefined =>
  blocks
    .flatMap((block) => (block.type === "actions" ? block.elements : []))
    .flatMap((element) => (element.type === "button" && element.action_id === id ? [element.value ?? ""] : []))[0];

describe("/wa-token status of a large fleet", () => {
  it("counts first, and shows those that need somebody, a page at a time", async () => {
    const harness = slackOf();
    await harness.command("status");
    const seen: string[] = [];
    let page = only(harness, "respond");
    expect(page.text).toMatch(
      /^⚠️ 45 of 1,045 tokens need attention\n\*1,000\* work · \*45\* need attention · 45 open alerts\n/,
    );
    expect(page.text).toContain("Shown: 1 to 20 of 45, worst first. To find tokens, use `/wa-token status NAME`");
    for (;;) {
      seen.push(...new Set(written(page.blocks).match(/ill-\d+/g)));
      const next = valueOf(page.blocks, "status.page");
      if (next === undefined) break;
      harness.deeds.length = 0;
      await harness.press("status.page", {}, { value: next });
      page = only(harness, "respond");
      expect(page).toMatchObject({ response_type: "ephemeral", replace_original: true });
    }
    expect(seen).toHaveLength(45);
    expect(new Set(seen).size).toBe(45);
    expect(page.text).toContain("Shown: 41 to 45 of 45");
    expect(page.text).not.toContain("fine-");
    const first = valueOf(page.blocks, "status.first");
    harness.deeds.length = 0;
    await harness.press("status.first", {}, { value: first });
    expect(only(harness, "respond").text).toContain("Shown: 1 to 20 of 45");
  });

  it("says so when nothing needs attention", async () => {
    const harness = slackOf(fleet.slice(45));
    await harness.command("status");
    expect(only(harness, "respond").text).toMatch(/^✅ All 1,000 tokens work\n\*1,000\* work\nTo find tokens/);
    expect(valueOf(only(harness, "respond").blocks, "status.page")).toBeUndefined();
  });

  it("pages open alerts too", async () => {
    const harness = slackOf();
    await harness.command("status open");
    expect(only(harness, "respond").text).toMatch(/^45 open alerts\n/);
    expect(valueOf(only(harness, "respond").blocks, "status.page")).toMatch(/^which=open&after=/);
  });

  it.each([
    ["fine-99", /^fine-99 · ✅ Healthy/],
    ["FINE-99", /^fine-99 · ✅ Healthy/],
    ["ill-1", /^ill-1 · ⛔ Revoked/],
    ["ill-4", /^ill-4 · ⛔ Revoked/],
    ["ine-10", /^11 tokens with “ine-10” in the name/],
    ["e-999", /^fine-999 · ✅ Healthy/],
    ["nope", /^No watch is called `nope`\. Try one of these: `.*` and \d+ more\.$/],
  ])("finds watches by %s", async (name, said) => {
    const harness = slackOf();
    await harness.command(`status ${name}`);
    expect(only(harness, "respond").text).toMatch(said);
  });

  it("refuses pages to people without access", async () => {
    const harness = slackOf(fleet, { allowedUsers: new Set(["U0BEN"]) });
    await harness.press("status.page", {}, { value: "which=all" });
    expect(only(harness, "respond").text).toMatch(/ALLOWED_USERS/);
    await harness.press("status.find");
    expect(whats(harness)).toBe("ack respond ack respond");
    await harness.submit({ "status.find.name": "ill-1" }, { view: FIND("ill-1") });
    expect(written(harness.deeds.at(-1))).toMatch(/ALLOWED_USERS/);
  });
});

const FIND = (value: string) => ({
  id: "V1",
  callback_id: "status.find.form",
  team_id: "T0HOME",
  state: { values: { "status.find.name": { "status.find.name": { value } } } },
});

describe("the form that finds tokens", () => {
  it("opens from a message and on top of a modal", async () => {
    const harness = slackOf();
    await harness.press("status.find");
    expect(only(harness, "open")).toMatchObject({ view: { callback_id: "status.find.form" } });
    await harness.press("status.find", { view: { id: "V2", type: "modal" } });
    expect(only(harness, "push")).toMatchObject({ view: { callback_id: "status.find.form" } });
  });

  it.each([
    ["ill-7", /ill-7 · ⛔ Revoked/],
    [" ine-9 ", /tokens with “ine-9” in the name/],
    ["", /45 of 1,045 tokens need attention/],
  ])("shows in its place what it found: %j", async (typed, said) => {
    const harness = slackOf();
    await harness.submit({}, { view: FIND(typed) });
    expect(only(harness, "ack")).toMatchObject({ response_action: "update", view: { type: "modal" } });
    expect(written(only(harness, "ack"))).toMatch(said);
  });

  it("never repeats a token", async () => {
    const harness = slackOf();
    const token = fakeToken();
    await harness.submit({}, { view: FIND(token) });
    expect(written(harness.deeds)).not.toContain(token);
    expect(written(only(harness, "ack"))).toContain("looks like a token");
  });
});

describe("the query of a page", () => {
  it("survives its way through a button, and any other text is the first page", () => {
    const query = { which: "open", part: "a b&c=%", after: "10 2026 shop", before: 20 } as const;
    expect(readQuery(writeQuery(query))).toEqual(query);
    for (const text of [undefined, "", "which=none&before=-1", "%%%"])
      expect(readQuery(text)).toEqual({ which: "all", part: undefined, after: undefined, before: 0 });
  });
});
