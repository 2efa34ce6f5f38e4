import { describe, expect, it } from "vitest";
import type { SlackDeps } from "../../../src/slack/requests/deps.ts";
import { homeView, type HomeOptions } from "../../../src/slack/home/home-view.ts";
import type { Undelivered } from "../../../src/outbox/outbox.ts";
import type { WatchRecord } from "../../../src/watch/ports.ts";
import { plainSlack } from "../../docs/plain-slack.ts";
import { after, aFailure, aFinding, anExpiring, aVerdict, NOW, anEvidence } from "../../support/builders.ts";
import { homeListsOf, overviewOf } from "../../support/watch-reads.ts";
import { anEntry } from "../support/history.ts";
import { ANNA, createHarness, errorIds, only, whats, written } from "../support/harness.ts";
import { anAlerted, aRecord, listedAs, brokenStore, storeOf } from "../support/records.ts";
import { bookOf } from "../../../src/watch/watch-book.ts";

const DAY_MS = 86_400_000;

const home = (records: readonly WatchRecord[], options: Partial<HomeOptions> = {}) => {
  const view = homeView({
    ...overviewOf(records, NOW),
    ...homeListsOf(records),
    cards: bookOf(records.map(({ name }) => listedAs(name))),
    history: [],
    allowed: undefined,
    timezone: "UTC",
    renews: false,
    ...options,
  });
  return { view, text: written(view) };
};

const dead = {
  verdict: aVerdict({ findings: [aFinding("revoked", { evidence: anEvidence({ code: 190, subcode: 466 }) })] }),
};
const FAILING = { failure: aFailure(), since: after(-DAY_MS), tries: 2 };
const warning = { verdict: aVerdict({ findings: [aFinding("expires_soon")] }) };

describe("the Home", () => {
  it("shows each watch with state, expiry, last answer and next check", () => {
    const { text } = home([aRecord("orders", { verdict: anExpiring("7d", after(5 * DAY_MS)) })]);
    expect(text).toContain("⚠️ The token needs attention");
    expect(text.replaceAll(/<!date[^|]*\|([^>]*)>/g, "$1")).toContain(
      "*orders*: ⏳ Expiring\\n▓░░░░░░░░░ 5 days left, expires 27 Nov 2026, 08:00 UTC\\nChecked 22 Nov 2026, 08:00 UTC, next 22 Nov 2026, 08:15 UTC",
    );
  });

  it.each([
    ["never expires", { kind: "never" as const }, "Never expires"],
    ["expires later", { kind: "at" as const, at: after(50 * DAY_MS) }, "▓▓▓▓▓▓▓▓▓░ 50 days left"],
  ])("shows a healthy token that %s in three lines, without the call", (_name, expiry, end) => {
    const { view } = home([aRecord("orders", { verdict: aVerdict({ token: { expiry } }) })]);
    expect(plainSlack(view.blocks)).toContain(
      `orders: ✅ Healthy\n${end}\nChecked 22 Nov 2026, 08:00 UTC, next 22 Nov 2026, 08:15 UTC`,
    );
  });

  it("puts open alerts first, worst first, each with the buttons of its message in a block of its own", () => {
    const { view, text } = home([
      aRecord("fine", { verdict: aVerdict() }),
      anAlerted("warned", warning),
      anAlerted("dead", { ...dead, acknowledged: { by: ANNA, at: NOW } }),
    ]);
    const order = [...text.matchAll(/\*(warned|dead|fine)\*: /g)].map(([, name]) => name);
    expect(order).toEqual(["dead", "warned", "fine"]);
    expect(text).toMatch(
      /Revoked.*The token was revoked: an API call ended its session\.\\n1\. Generate a new token for the system user\.\\n2\. Save the new token in `[^`]+`\. This bot reads it there too\. Restart the app if it reads the token only at start\.\\n3\. Press \*Check now\* to confirm\.\\nAfterwards: Find out who revoked the old token\./,
    );
    expect(text).toContain(`Acknowledged by <@${ANNA}>`);
    const buttons = view.blocks.filter(({ block_id }) => block_id !== undefined);
    expect(buttons.map(({ block_id }) => block_id)).toEqual(["home.0.alert-dead", "home.0.alert-warned"]);
    expect(written(buttons[0])).toContain('"action_id":"alert.unacknowledge"');
    for (const id of ["acknowledge", "snooze", "check", "guide"])
      expect(written(buttons[1])).toContain(`"action_id":"alert.${id}"`);
  });

  it("shows the next step while checks fail, and keeps the last answer", () => {
    const failing = { failure: aFailure({ kind: "misconfigured" as const }), since: after(-DAY_MS), tries: 7 };
    const { text } = home([anAlerted("orders", { kind: "not_checked", verdict: aVerdict(), failing })]);
    expect(text).toMatch(/✅ Healthy \(last answer .*1\. Correct the ID and secret.*No check has succeeded since/);
  });

  it.each([
    ["expiring", 5 * DAY_MS, "expires_soon", "27 Nov 2026", /The token expires <!date.*5 days left/],
    ["expired", -DAY_MS, "expired", "21 Nov 2026", /The token expired <!date/],
  ] as const)("gives the date of an %s token once", (_state, ms, code, day, said) => {
    const at = after(ms);
    const findings = [aFinding(code, { facts: { kind: "end", at, past: false } })];
    const { text } = home([
      anAlerted("orders", { verdict: aVerdict({ findings, token: { expiry: { kind: "at", at } } }) }),
    ]);
    expect(text).toMatch(said);
    expect(text.split(day)).toHaveLength(2);
    expect(text).toMatch(/Alert open since <!date[^>]*>, severity /);
  });

  it("keeps no older advice while Meta blocks the app", () => {
    const findings = [aFinding("scope_missing", { objects: ["a"] })];
    const failing = { failure: aFailure({ kind: "app_blocked" as const }), since: after(-DAY_MS), tries: 2 };
    const { text } = home([anAlerted("orders", { kind: "problem", verdict: aVerdict({ findings }), failing })]);
    expect(text).toMatch(/Last answer from Meta: .*1\. Open the app in the App Dashboard/);
    expect(text).not.toMatch(/generate/i);
  });

  it("does not show a snooze whose time has passed", () => {
    const snoozed = { by: ANNA, at: after(-DAY_MS), until: NOW, reason: "later" };
    const { text } = home([anAlerted("orders", { ...dead, snoozed })]);
    expect(text).not.toMatch(/Snoozed by|Change snooze|End snooze/);
    const on = home([anAlerted("orders", { ...dead, snoozed: { ...snoozed, until: after(1_000) } })]).text;
    expect(on).toMatch(/Snoozed by <@U0ANNA> until .*Reason: “later”/);
    expect(on).toContain("End snooze");
  });

  it("names each refusing channel once for all its alerts", () => {
    const undelivered = {
      error: "not_in_channel (invite the bot to the channel)",
      channel: "C0123X",
      retryAt: after(60_000),
    };
    const { view } = home([
      anAlerted("a", dead, { owed: true, undelivered }),
      anAlerted("b", dead, { owed: true, undelivered }),
      anAlerted("c", dead),
    ]);
    expect(written(view.blocks[2])).toContain(
      "*Not delivered* to <#C0123X> (C0123X): invite the bot to the channel (not_in_channel). Alerts of *a* and *b*",
    );
  });

  it("names every place that refuses a message: alerts, groups and reports", () => {
    const refusing = (channel: string, kind: Undelivered["kind"], watch: string | null = null): Undelivered => ({
      channel,
      error: "is_archived",
      kind,
      watch,
      urgent: true,
    });
    const { view } = home([anAlerted("a", { ...dead, escalatedAt: NOW })], {
      undelivered: [
        refusing("C0BOSSES", "escalation", "a"),
        refusing("C0BOSSES", "escalation", "b"),
        refusing("C0BOSSES", "digest"),
        refusing("C0SHOP", "group"),
        refusing("U0SAM", "alert", "c"),
        refusing("U0SAM", "fallback", "c"),
        { ...refusing("C0FINE", "absence"), error: null },
      ],
    });
    expect(
      plainSlack([...view.blocks])
        .split("\n")
        .filter((line) => line.startsWith("⚠️")),
    ).toEqual([
      "⚠️ The token needs attention",
      "⚠️ Not delivered to <#C0BOSSES> (C0BOSSES): is_archived. Waiting: 2 escalations and a digest",
      "⚠️ Not delivered to <#C0SHOP> (C0SHOP): is_archived. Waiting: a group of alerts",
      "⚠️ Not delivered to the direct messages of <@U0SAM> (U0SAM): is_archived. Alerts of c. Also waiting: an alert of another channel",
    ]);
    expect(written(view)).toMatch(
      /Escalated .*: nobody responded\. <#C0BOSSES> \(C0BOSSES\) refused the escalation: is_archived/,
    );
  });

  it("says which messages quiet hours delay, or that they delay none", () => {
    const records = [anAlerted("held", warning, { owed: true }), anAlerted("urgent", dead, { owed: true })];
    const { text } = home(records, { quietUntil: after(3_600_000) });
    expect(text).toMatch(/\*Quiet hours\* until [^.]*09:00 UTC>\. They hold back the alerts of \*held\*"/);
    expect(text).toContain("Quiet hours hold the alert back until");
    expect(home([], {}).text).not.toContain("Quiet hours");
    expect(home([aRecord("orders")], { quietUntil: after(1) }).text).toContain("They hold no alert back");
  });

  it("shows the recent history, who can see the Home and the time of the update", () => {
    const { text } = home([aRecord("orders")], { history: [anEntry(), anEntry({ watch: "other" })] });
    expect(text).toMatch(
      /History, newest first.*\*orders-prod\*\u00A0· New problem: Healthy → Degraded.*\*other\*\u00A0· New problem: Healthy → Degraded/,
    );
    expect(text).toMatch(/Updated <!date[^>]*>\u00A0· Visible to everyone in this workspace/);
    expect(home([], { allowed: 1 }).text).toContain("Visible to the one person in ALLOWED_USERS");
    expect(home([], { allowed: 3 }).text).toContain("Visible to the 3 people in ALLOWED_USERS");
  });

  it("shows the first steps when no watch exists, with the guide", () => {
    const { text } = home([]);
    expect(text).toMatch(/This bot watches no token yet.*WHATSAPP_ACCESS_TOKEN or WATCHLIST/);
    expect(text).toContain('"action_id":"guide.whole"');
    expect(text).toContain('"action_id":"check.open"');
  });

  it("shows the worst of many watches in full, and the others by name", () => {
    const { view, text } = home([
      ...Array.from({ length: 100 }, (_, index) => anAlerted(`ill-${index}`, dead)),
      ...Array.from({ length: 100 }, (_, index) => aRecord(`fine-${index}`, { verdict: aVerdict() })),
    ]);
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(text.match(/\*ill-\d+\*/g)).toHaveLength(15);
    expect(text.match(/\*fine-\d+\*/g)).toHaveLength(30);
    expect(text).toMatch(/\*⛔ Revoked, critical alert open\*: ill-\d+, ill-/);
    expect(text).toMatch(/\*✅ Healthy\*: fine-\d+, fine-/);
    expect(new Set(text.match(/(ill|fine)-\d+/g)).size).toBe(200);
    expect(text).not.toMatch(/\d more/);
  });

  it("names several hundred", () => {
    const records = [
      ...Array.from({ length: 250 }, (_, index) => anAlerted(`shop-number-${index}`, dead)),
      ...Array.from({ length: 250 }, (_, index) => aRecord(`fine-shop-${index}`, { verdict: aVerdict() })),
    ];
    expect(new Set(home(records).text.match(/(fine-shop|shop-number)-\d+/g)).size).toBe(500);
  });
});

describe("the Home of a large fleet", () => {
  const fleet = [
    ...Array.from({ length: 400 }, (_, index) => anAlerted(`ill-${index}`, dead)),
    ...Array.from({ length: 400 }, (_, index) => aRecord(`slow-${index}`, { verdict: aVerdict(), failing: FAILING })),
    ...Array.from({ length: 400 }, (_, index) => aRecord(`fine-${index}`, { verdict: aVerdict() })),
    aRecord("new"),
  ];

  it("counts first, then shows the first of those that need somebody, and leads to all of them", async () => {
    const harness = createHarness({ ...storeOf(fleet), cards: bookOf(fleet.map(({ name }) => listedAs(name))) });
    await harness.openHome();
    const { view } = only(harness, "publish");
    const text = written(view);
    expect(view?.blocks.length).toBeLessThanOrEqual(100);
    expect(text).toContain("⚠️ 800 of 1,201 tokens need attention");
    expect(text).toContain(
      "*400* work\u00a0· *800* need attention\u00a0· *1* not checked yet\u00a0· 400 open alerts".replaceAll(
        "\\u00a0",
        "\u00a0",
      ),
    );
    expect(text.match(/\*ill-\d+\*/g)).toHaveLength(15);
    expect(text.match(/\*slow-\d+\*/g)).toHaveLength(30);
    expect(text).not.toMatch(/fine-\d/);
    expect(text).toContain("Show all 400");
    expect(text).toContain("Show all 800");
    expect(text).toContain("Find a token…");
  });

  it("opens a list in a modal, and turns its pages there", async () => {
    const harness = createHarness(storeOf(fleet));
    await harness.pressAtHome("status.page", { value: "which=open" });
    const opened = only(harness, "open");
    expect(written(opened)).toContain("Shown: 1 to 20 of 400, worst first.");
    const [, next] = /"action_id":"status.page"[^}]*},"value":"([^"]*)"/.exec(written(opened)) ?? [];
    await harness.press(
      "status.page",
      { response_url: undefined, view: { id: "V0LIST", type: "modal" } },
      { value: next },
    );
    expect(only(harness, "update")).toMatchObject({ view_id: "V0LIST", view: { type: "modal" } });
    expect(written(only(harness, "update"))).toContain("Shown: 21 to 40 of 400, worst first.");
  });
});

describe("opening the Home", () => {
  it("shows it to people with access, and remembers them", async () => {
    const harness = createHarness({ ...storeOf([aRecord("orders")]) });
    await harness.openHome();
    expect(whats(harness)).toBe("ack remember publish");
    expect(only(harness, "remember")).toBe(ANNA);
    expect(only(harness, "publish")).toMatchObject({ user_id: ANNA, view: { type: "home" } });
    expect(written(only(harness, "publish"))).toContain("*orders*");
  });

  it("does nothing for the Messages tab, nor without a person", async () => {
    const harness = createHarness();
    await harness.openHome({ tab: "messages" });
    await harness.openHome({ user: undefined });
    expect(whats(harness)).toBe("ack ack");
    expect(harness.errors).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, Partial<SlackDeps>, RegExp]>([
    ["another organisation", { team_id: "T0PARTNER" }, {}, /Only people of the workspace that installed this bot/],
    ["an organisation nobody can tell", { is_ext_shared_channel: true }, {}, /does not know yet/],
    ["outside ALLOWED_USERS", {}, { allowedUsers: new Set(["U0BEN"]) }, /ALLOWED_USERS/],
  ])("tells a person of %s only that they have no access", async (_who, fields, overrides, said) => {
    const harness = createHarness({
      ...storeOf([aRecord("orders")]),
      history: () => Promise.resolve([anEntry()]),
      ...overrides,
    });
    await harness.openHome({}, fields);
    expect(whats(harness)).toBe("ack publish");
    const { view } = only(harness, "publish");
    expect(view?.blocks).toHaveLength(2);
    expect(written(view)).toMatch(said);
    expect(written(view)).not.toContain("orders");
  });

  it("reports an internal error, with an id to quote", async () => {
    const harness = createHarness({ ...brokenStore("disk on fire") });
    await harness.openHome();
    expect(written(only(harness, "publish"))).toMatch(/Something went wrong on our side.*quote 00000001 /);
    expect(errorIds(harness)).toEqual(["00000001"]);
    expect(harness.errors[0]).toMatchObject({ listener: "app_home_opened" });
  });
});

describe("a button in the Home", () => {
  it("shows the answer in a modal, and the current Home", async () => {
    const harness = createHarness();
    await harness.pressAtHome("alert.acknowledge", { value: "gone" });
    expect(whats(harness)).toBe("ack open remember publish");
    expect(only(harness, "open")).toMatchObject({ trigger_id: "2.trigger", view: { type: "modal" } });
    expect(written(only(harness, "open"))).toContain("This bot no longer knows this alert.");
  });

  it("replaces the first answer with a later one", async () => {
    const alert = anAlerted("orders-prod", dead).state.alert;
    if (alert === null) throw new Error("it has an alert");
    const base = createHarness().deps.alerts;
    const harness = createHarness({
      alerts: { ...base, find: () => Promise.resolve({ message: null, alerts: [alert] }) },
      ...storeOf([aRecord("orders-prod", { verdict: aVerdict() })]),
    });
    await harness.pressAtHome("alert.check", { value: alert.id });
    expect(whats(harness)).toBe("ack open check update remember publish");
    expect(written(only(harness, "open"))).toContain("Checking");
    expect(only(harness, "update")).toMatchObject({ view_id: "V0OPEN" });
    expect(written(only(harness, "update"))).toContain("Healthy");
  });

  it("opens the guide and the check form, as in a message", async () => {
    const harness = createHarness();
    await harness.pressAtHome("guide.whole");
    await harness.pressAtHome("check.open");
    const [guide, form] = harness.deeds.filter(({ what }) => what === "open");
    expect(written(guide)).toContain("guide.walk");
    expect(written(form)).toContain("check.form");
    expect(whats(harness)).not.toMatch(/dm|respond|push/);
  });

  it("answers by direct message when no modal can be opened", async () => {
    const harness = createHarness();
    await harness.pressAtHome("old.button", {}, { trigger_id: undefined });
    expect(whats(harness)).toBe("ack dm remember publish");
  });

  it("is refused to people of other organisations, whose Home then shows nothing", async () => {
    const harness = createHarness({ ...storeOf([aRecord("orders")]) });
    const guest = { user: { id: "U0GUEST", team_id: "T0PARTNER" }, team: { id: "T0PARTNER" } };
    await harness.pressAtHome("alert.acknowledge", { value: "alert-1" }, guest);
    expect(whats(harness)).toBe("ack open publish");
    expect(written(harness.deeds)).not.toContain("orders");
  });

  it("does its work although the Home cannot be shown", async () => {
    const harness = createHarness({ ...brokenStore("disk on fire") });
    await harness.pressAtHome("alert.acknowledge", { value: "gone" });
    expect(whats(harness)).toBe("ack open remember");
    expect(harness.errors).toEqual([]);
    expect(written(harness.lines)).toContain("a Home could not be shown");
  });
});
