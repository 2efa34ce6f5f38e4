import { WebAPIPlatformError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { aCard, anUnknown, aVerdict, NOW } from "../../support/builders.ts";
import { fingerprintOf, Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { ANNA, aCheckOutcome, createHarness, type Deed, errorIds, only, whats, written } from "../support/harness.ts";
import { bookOf } from "../../../src/watch/watch-book.ts";

const inModal = { view: { id: "V1", team_id: "T0HOME" }, response_url: undefined };
const cards = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...aCard({ name: `watch-${index}` }), sourceNote: null }));
const notFound = new WebAPIPlatformError({ ok: false, error: "not_found" });

/** Block and action ids of a view. */
const idsOf = (view: unknown): readonly string[] =>
  [...written(view).matchAll(/"(?:block_id|action_id)":"([^"]+)"/g)].map(([, id]) => id ?? "");

const viewOf = (deed: Deed | undefined): unknown =>
  Object.entries(deed?.with ?? {}).find(([key]) => key === "view")?.[1];

describe("/wa-token check", () => {
  it("opens the form at once: the acknowledgement, then views.open, with no other call", async () => {
    const harness = createHarness();
    await harness.command("check");
    expect(whats(harness)).toBe("ack open");
    expect(only(harness, "open")).toMatchObject({ trigger_id: "1.trigger", view: { callback_id: "check.form" } });
  });

  it("offers the watches first and says that Slack can see the typed token", async () => {
    const harness = createHarness();
    await harness.command("check");
    const inputs = only(harness, "open").view?.blocks.filter(({ type }) => type === "input") ?? [];
    expect(inputs.map((block) => /^check\.(\w+)\.00000001$/.exec(block.block_id ?? "")?.[1])).toEqual([
      "watch",
      "token",
    ]);
    expect(inputs).toMatchObject([{ optional: true }, { optional: true }]);
    expect(written(only(harness, "open"))).toContain("Slack can see what you paste; this bot does not store it.");
  });

  it("has no choice of watch when there is no watch", async () => {
    const harness = createHarness({ cards: bookOf([]) });
    await harness.command("check");
    const inputs = only(harness, "open").view?.blocks.filter(({ type }) => type === "input");
    expect(inputs).toMatchObject([{ block_id: "check.token.00000001", optional: false }]);
  });

  it("selects the named watch, in any case", async () => {
    const harness = createHarness();
    await harness.command("check Orders-Prod");
    expect(written(only(harness, "open"))).toContain(
      `"initial_option":{"text":{"type":"plain_text","text":"orders-prod"`,
    );
  });

  it("selects a single watch, and none of several", async () => {
    for (const [count, chosen] of [
      [1, true],
      [2, false],
    ] as const) {
      const harness = createHarness({ cards: bookOf(cards(count)) });
      await harness.command("check");
      expect(written(only(harness, "open")).includes("initial_option")).toBe(chosen);
    }
  });

  it("answers an unknown name with the existing names", async () => {
    const harness = createHarness();
    await harness.command(`check ${"<@U1> ".repeat(5_000)}`);
    expect(whats(harness)).toBe("ack respond");
    const { text = "" } = only(harness, "respond");
    expect(text).toMatch(/^No watch is called `&lt;@U1&gt; .{1,20}…`\. Try one of these: `orders-prod`\.$/);
    expect(text.length).toBeLessThan(200);
    expect(text).not.toContain("<@U1>");
  });

  it("says that no watch exists, and offers the form", async () => {
    const harness = createHarness({ cards: bookOf([]) });
    await harness.command("check foo");
    const { text, blocks } = only(harness, "respond");
    expect(text).toMatch(/^This bot watches no token yet.*private form\.$/);
    expect(text).not.toMatch(/[A-Z]{2,}_/);
    expect(written(blocks)).toContain('"action_id":"check.open"');
  });

  it("offers a hundred watches, and beyond that only the named one", async () => {
    for (const [count, line, offered] of [
      [100, "check", 100],
      [101, "check", 0],
      [101, "check watch-100", 1],
    ] as const) {
      const harness = createHarness({ cards: bookOf(cards(count)) });
      await harness.command(line);
      const view = written(only(harness, "open"));
      expect(view.match(/"value":"watch-\d+"/g)?.length ?? 0).toBe(offered === 1 ? 2 : offered);
      expect(view.includes("/wa-token check NAME")).toBe(count > 100);
    }
  });

  it("reports that Slack did not open the form, and logs only Slack's error code", async () => {
    const base = createHarness();
    const open = () => Promise.reject(new WebAPIPlatformError({ ok: false, error: "expired_trigger_id" }));
    const harness = createHarness({ people: { ...base.deps.people, views: { ...base.deps.people.views, open } } });
    await harness.command("check");
    expect(only(harness, "respond").text).toMatch(/did not open the form in time/);
    expect(harness.lines).toMatchObject([{ error: "expired_trigger_id" }]);
    expect(harness.errors).toEqual([]);
  });

  it("reports that the payload has no trigger", async () => {
    const harness = createHarness();
    await harness.command("check", { trigger_id: undefined });
    expect(whats(harness)).toBe("ack respond");
  });

  it.each([
    ["of another organisation", { team_id: "T0OTHER" }, undefined],
    ["not among those allowed", {}, new Set(["U0BEN"])],
  ])("is refused to people %s", async (_who, fields, allowedUsers) => {
    const harness = createHarness({ allowedUsers });
    await harness.command("check", fields);
    await harness.command("status", fields);
    expect(whats(harness)).toBe("ack respond ack respond");
  });

  it("opens from a button as well, with the watch in its value", async () => {
    const harness = createHarness();
    await harness.press("check.open", {}, { value: "orders-prod" });
    expect(whats(harness)).toBe("ack open");
    expect(written(only(harness, "open"))).toContain("initial_option");
  });
});

describe("the submitted form", () => {
  const token = fakeToken("submitted");

  it("is acknowledged with Checking… before anything is asked, then shows the result", async () => {
    const harness = createHarness();
    await harness.submit({ "check.watch.ab": undefined, "check.token.ab": token });
    expect(whats(harness)).toBe("ack check wait update record");
    expect(written(only(harness, "ack"))).toContain("Checking…");
    expect(only(harness, "check")).toEqual({ typed: true, watch: undefined });
    expect(only(harness, "update")).toMatchObject({ view_id: "V1" });
    expect(written(only(harness, "update"))).toContain(
      `"type":"header","text":{"type":"plain_text","text":"❔ Alive, reach not tested: give an ID to test it"`,
    );
  });

  it.each([
    [
      { "check.watch.ab": "orders-prod", "check.token.ab": token },
      { typed: true, watch: "orders-prod" },
    ],
    [
      { "check.watch.ab": "orders-prod", "check.token.ab": undefined },
      { typed: false, watch: "orders-prod" },
    ],
  ])("runs the requested check (%#)", async (values, asked) => {
    const harness = createHarness();
    await harness.submit(values);
    expect(only(harness, "check")).toEqual(asked);
  });

  it.each([
    [{ "check.token.ab": token }, { watch: null, fingerprint: fingerprintOf(new Secret(token)) }],
    [
      { "check.watch.ab": "orders-prod", "check.token.ab": token },
      { watch: "orders-prod", fingerprint: fingerprintOf(new Secret(token)) },
    ],
    [{ "check.watch.ab": "orders-prod" }, { watch: "orders-prod", fingerprint: aVerdict().token?.fingerprint }],
  ])("is recorded in the audit, without the token (%#)", async (values, recorded) => {
    const harness = createHarness();
    await harness.submit(values);
    const by = { kind: "slack", user: ANNA };
    expect(only(harness, "record")).toEqual([{ kind: "private_check", at: NOW, by, state: "healthy", ...recorded }]);
    expect(written(only(harness, "record"))).not.toContain(token.slice(3, 15));
  });

  it("records a watch whose token could not be read, without a fingerprint", async () => {
    const base = createHarness();
    const checkWatch = () => Promise.resolve(aCheckOutcome({ verdict: { ...anUnknown(), token: null } }));
    const harness = createHarness({ checker: { ...base.deps.checker, checkWatch } });
    await harness.submit({ "check.watch.ab": "orders-prod" });
    expect(only(harness, "record")).toMatchObject([{ watch: "orders-prod", fingerprint: "", state: "unknown" }]);
  });

  it("shows the result although the audit cannot be saved, and logs it", async () => {
    const harness = createHarness({ record: () => Promise.reject(new Error("disk full")) });
    await harness.submit({ "check.token.ab": token });
    expect(whats(harness)).toBe("ack check wait update");
    expect(harness.lines).toMatchObject([{ msg: "a private check could not be recorded in the audit" }]);
    expect(harness.errors).toEqual([]);
  });

  it("says in the form that checks are recorded", async () => {
    const harness = createHarness();
    await harness.command("check");
    expect(written(only(harness, "open"))).toContain("The bot records each check: the person, the watch,");
  });

  it("offers the fields for ids when a typed token has no ids to reach", async () => {
    const harness = createHarness();
    await harness.submit({ "check.watch.ab": undefined, "check.token.ab": token });
    expect(written(only(harness, "update"))).toMatch(/press “Test its reach” and give an ID/);
    await harness.press("check.ids", inModal);
    const forms = harness.deeds.map(viewOf).filter((view) => view !== undefined);
    expect(idsOf(forms.at(-1) ?? {})).toEqual(
      expect.arrayContaining([expect.stringMatching(/^check\.phone\./), expect.stringMatching(/^check\.account\./)]),
    );
    // The only watch is chosen: its ids would do as well.
    expect(written(forms.at(-1))).toContain("initial_option");
    await harness.press("check.ids", { response_url: undefined });
    expect(written(only(harness, "open"))).toContain("check.phone.");
  });

  it("passes on the typed ids", async () => {
    const given: unknown[] = [];
    const base = createHarness();
    const checkToken: typeof base.deps.checker.checkToken = (secret, watch, ids) => {
      given.push(ids);
      return base.deps.checker.checkToken(secret, watch, ids);
    };
    const harness = createHarness({ checker: { ...base.deps.checker, checkToken } });
    await harness.submit({ "check.token.ab": token, "check.phone.ab": "1002", "check.account.ab": undefined });
    expect(given).toEqual([{ phoneNumberId: "1002", whatsappBusinessAccountId: undefined }]);
  });

  it("answers a wrong shape at the field, without a call", async () => {
    const harness = createHarness();
    await harness.submit({ "check.watch.ab": undefined, "check.token.ab": `"${token}` });
    expect(whats(harness)).toBe("ack");
    expect(only(harness, "ack")).toMatchObject({
      response_action: "errors",
      errors: { "check.token.ab": expect.stringMatching(/quotation marks/) },
    });
  });

  it("removes quotes around a token, and says so", async () => {
    const harness = createHarness();
    await harness.submit({ "check.watch.ab": undefined, "check.token.ab": `TOKEN="${token}"` });
    expect(whats(harness)).toBe("ack check wait update record");
    expect(written(only(harness, "update"))).toContain(
      "Removed before the check: the name with its equals sign and quotation marks.",
    );
  });

  it("shares no block or action id with an earlier view", async () => {
    const harness = createHarness();
    await harness.command("check");
    await harness.submit({ "check.watch.00000001": undefined, "check.token.00000001": token });
    await harness.press("check.another", inModal);
    const views = harness.deeds
      .map(viewOf)
      .filter((view) => view !== undefined)
      .map(idsOf);
    const [form, checking, result, again] = views;
    expect(views).toHaveLength(4);
    expect(form).toEqual([
      "check.watch.00000001",
      "check.watch.00000001",
      "check.token.00000001",
      "check.token.00000001",
    ]);
    expect(checking).toEqual([]);
    expect(result).toEqual(["check.ids"]);
    expect(again?.filter((id) => form?.includes(id))).toEqual([]);
    expect(again).toHaveLength(4);
  });

  it("keeps the token out of every view, answer and log line", async () => {
    const harness = createHarness({ cards: bookOf([]) });
    await harness.command(`check ${token}`);
    await harness.submit({ "check.token.ab": token });
    await harness.submit({ "check.token.ab": `${token} ${token}` });
    const everything = written([harness.deeds, harness.lines, harness.errors]);
    expect(everything).not.toContain(token.slice(0, 30));
  });

  it("sends the result directly when the form was closed meanwhile, without a log line", async () => {
    const base = createHarness();
    const update = () => Promise.reject(notFound);
    const harness = createHarness({ people: { ...base.deps.people, views: { ...base.deps.people.views, update } } });
    await harness.submit({ "check.token.ab": token });
    const dm = only(base, "dm");
    expect(dm).toMatchObject({ channel: ANNA });
    expect(dm.text).toMatch(/^❔ Alive, reach not tested: give an ID to test it\. The token works/);
    expect(written(dm.blocks)).toContain("Test its reach");
    expect(harness.lines).toEqual([]);
  });

  it("stops at the sixth check of a minute and says when to come back", async () => {
    const harness = createHarness();
    for (const _ of [1, 2, 3, 4, 5]) await harness.submit({ "check.token.ab": token });
    await harness.submit({ "check.token.ab": `${token} x` });
    await harness.submit({ "check.token.ab": token });
    expect(harness.deeds.filter(({ what }) => what === "check")).toHaveLength(5);
    expect(harness.deeds.at(-1)?.with).toMatchObject({
      errors: {
        "check.token.ab": expect.stringMatching(/five checks or renewals within a minute\. Try again in 60 seconds/),
      },
    });
  });

  it("shows one sentence with an id when the check fails, and logs the error once with that id", async () => {
    const { deps } = createHarness();
    const checkToken = () => Promise.reject(new Error("boom"));
    const harness = createHarness({ checker: { ...deps.checker, checkToken } });
    await harness.submit({ "check.token.ab": token });
    expect(whats(harness)).toBe("ack wait update");
    expect(errorIds(harness)).toEqual(["00000001"]);
    expect(written(only(harness, "update"))).toMatch(/Something went wrong on our side.*quote 00000001/);
    expect(written(harness.deeds)).not.toContain("boom");
  });

  it.each([
    ["no state", { view: { id: "V1", callback_id: "check.form" } }],
    ["no view id", { view: { callback_id: "check.form", state: { values: {} } } }],
    ["a state of another kind", { view: { id: "V1", callback_id: "check.form", state: { values: [1, "x", null] } } }],
  ])("survives a payload with %s", async (_what, fields) => {
    const harness = createHarness();
    await harness.submit({}, fields);
    expect(whats(harness)).toBe("ack");
    expect(written(only(harness, "ack"))).toContain("without its fields");
  });

  it("is refused to people of another organisation", async () => {
    const harness = createHarness();
    await harness.submit({ "check.token.ab": token }, { user: { id: "U0BOB", team_id: "T0OTHER" } });
    expect(whats(harness)).toBe("ack");
    expect(written(only(harness, "ack"))).toContain("Only people of the workspace");
  });
});

describe("check another", () => {
  it("opens a new form from a direct message", async () => {
    const harness = createHarness();
    await harness.press("check.another");
    expect(whats(harness)).toBe("ack open");
  });

  it.each(["check.another", "guide.next"])("%s does nothing in a modal that was closed meanwhile", async (id) => {
    const base = createHarness();
    const update = () => Promise.reject(notFound);
    const harness = createHarness({ people: { ...base.deps.people, views: { ...base.deps.people.views, update } } });
    await harness.press(id, inModal, { value: "step-2" });
    expect(whats(harness)).toBe("ack");
    expect(whats(base)).toBe("");
    expect(harness.errors).toEqual([]);
  });

  it("reports any other refusal of a view", async () => {
    const base = createHarness();
    const update = () => Promise.reject(new WebAPIPlatformError({ ok: false, error: "hash_conflict" }));
    const harness = createHarness({ people: { ...base.deps.people, views: { ...base.deps.people.views, update } } });
    await harness.press("check.another", inModal);
    expect(errorIds(harness)).toHaveLength(1);
  });

  it("is refused in the modal to people without access", async () => {
    const harness = createHarness({ allowedUsers: new Set<string>() });
    await harness.press("check.another", inModal);
    expect(written(only(harness, "update"))).toContain("ALLOWED_USERS");
  });
});

it("says that the result is a reused one", async () => {
  const { deps } = createHarness();
  const reusedFrom = new Date("2026-11-22T07:59:40.000Z");
  const checkWatch = () =>
    Promise.resolve(aCheckOutcome({ reusedFrom, note: "read at start; restart the bot after changing it" }));
  const harness = createHarness({ checker: { ...deps.checker, checkWatch } });
  await harness.submit({ "check.watch.ab": "orders-prod", "check.token.ab": undefined });
  const view = written(only(harness, "update"));
  expect(view).toMatch(/Answer from <!date\^\d+\^[^|]+\|22 Nov 2026, 07:59 UTC>; the bot did not ask Meta again/);
  expect(view).toContain("read at start; restart the bot after changing it");
});
