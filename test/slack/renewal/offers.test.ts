import { storeOf } from "../support/records.ts";
import { describe, expect, it } from "vitest";
import type { AuditEntry } from "../../../src/renewal/audit.ts";
import { messageRefusal } from "../../../sandbox/slack/limits/message.ts";
import { isViewTooLarge, viewProblems } from "../../../sandbox/slack/limits/view.ts";
import { alertMessage } from "../../../src/slack/messages/alert/alert-view.ts";
import { alertButtons } from "../../../src/slack/messages/alert/buttons.ts";
import { createHomeRefresh } from "../../../src/slack/home/refresh.ts";
import type { Alert, Reply } from "../../../src/alert/alert.ts";
import type { MessageBody } from "../../../src/outbox/message.ts";
import { replyText } from "../../../src/slack/messages/alert/reply-view.ts";
import { groupMessage } from "../../../src/slack/messages/group/group-view.ts";
import { groupReplyText } from "../../../src/slack/messages/group/reply-view.ts";
import { messageView } from "../../../src/slack/messages/message-view.ts";
import { aList } from "../support/deliveries.ts";
import { aGroup } from "../support/group.ts";
import type { WatchRecord } from "../../../src/watch/ports.ts";
import { aCard, aFailure, aFinding, after, anAlert, aVerdict, NOW } from "../../support/builders.ts";
import { aStep, ADMIN } from "../../support/renewals.ts";
import { ANNA, createHarness, only, whats, written } from "../support/harness.ts";
import { BEN, withRenewals } from "../support/renewals.ts";
import { bookOf } from "../../../src/watch/watch-book.ts";

const EXPIRED = aVerdict({ findings: [aFinding("expired")] });
const RENEW = '"action_id":"renewal.renew"';

const record = (alert: Alert | null): WatchRecord => ({
  name: "orders-prod",
  state: { verdict: EXPIRED, failing: null, aliveFingerprint: null, told: null, alert },
  checkedAt: NOW,
  nextDueAt: after(1),
  owed: false,
  undelivered: null,
});
const store = storeOf([record(anAlert({ verdict: EXPIRED }))]);

describe("Renew… in an alert", () => {
  it("stands next to Check now, with the watch", () => {
    const buttons = alertButtons(anAlert({ verdict: EXPIRED }), true).flatMap((block) => block.elements);
    const ids = buttons.flatMap((button) => ("action_id" in button ? [button.action_id] : []));
    expect(ids).toEqual(["alert.acknowledge", "alert.snooze", "alert.check", "renewal.renew", "alert.guide"]);
    expect(buttons[3]).toMatchObject({ value: "orders-prod" });
  });

  it("is in the message while renewals are on", () => {
    expect(written(alertMessage(anAlert({ verdict: EXPIRED }), "UTC", undefined, true))).toContain(RENEW);
  });

  it.each<[string, Alert, boolean]>([
    ["when renewals are off", anAlert({ verdict: EXPIRED }), false],
    ["when no new token helps", anAlert({ verdict: aVerdict({ findings: [aFinding("sending_blocked")] }) }), true],
    ["when nothing is known", anAlert({ kind: "not_checked", verdict: null }), true],
    [
      "while Meta blocks the app",
      anAlert({ verdict: EXPIRED, failing: { failure: aFailure({ kind: "app_blocked" }), since: NOW, tries: 2 } }),
      true,
    ],
    ["when it is over", anAlert({ verdict: EXPIRED, resolvedAt: NOW, resolution: "rotated" }), true],
  ])("is not there %s", (_name, alert, renews) => {
    expect(written(alertMessage(alert, "UTC", undefined, renews))).not.toContain(RENEW);
  });
});

describe("the steps of an alert", () => {
  const alert = anAlert({ verdict: EXPIRED });
  const other = anAlert({ id: "alert-2", verdict: EXPIRED, card: aCard({ name: "support-prod" }) });
  const body: MessageBody = { kind: "fallback", channel: "C0AWAY", error: "not_in_channel" };
  const reply: Reply = { reason: "worse", at: NOW, notice: true, verdict: EXPIRED, by: null };

  it.each<[string, (renews: boolean) => string]>([
    ["alert", (renews) => alertMessage(alert, "UTC", undefined, renews).text],
    ["group", (renews) => groupMessage(aGroup(), [alert, other], "UTC", renews).text],
    ["escalation", (renews) => messageView(aList("escalation", [alert, other]), "UTC", undefined, renews).text],
    ["fallback", (renews) => messageView(aList("fallback", [alert, other], { body }), "UTC", undefined, renews).text],
    ["reply", (renews) => replyText(alert, reply, "UTC", undefined, renews)],
    [
      "reply to many",
      (renews) =>
        groupReplyText({ replies: [], left: [], entries: [], notice: true, joined: [alert] }, "UTC", undefined, renews),
    ],
  ])("lead to Renew… only while renewals are on: %s", (_name, text) => {
    expect(text(true)).toContain("*Renew…*");
    expect(text(true)).not.toContain("Save");
    expect(text(false)).not.toContain("Renew…");
    expect(text(false)).toContain("Save");
  });
});

describe("Renew… in status", () => {
  it.each([
    [ANNA, true],
    [BEN, false],
  ])("is for admins only: %s", async (user_id, shown) => {
    const { harness } = withRenewals({ deps: { ...store } });
    await harness.command("status orders-prod", { user_id });
    expect(written(only(harness, "respond")).includes(RENEW)).toBe(shown);
  });

  it("is not there while renewals are off", async () => {
    const harness = createHarness({ ...store });
    await harness.command("status orders-prod");
    expect(written(only(harness, "respond"))).not.toContain(RENEW);
  });
});

const ENTRIES: readonly AuditEntry[] = [
  { kind: "refused", at: NOW, by: { kind: "slack", user: BEN }, watch: "orders-prod", attempt: "end_old" },
  {
    kind: "renewal",
    at: NOW,
    by: ADMIN,
    watch: "orders-prod",
    renewal: "renewal-1",
    event: { kind: "step", result: aStep("write", { kind: "saved" }) },
  },
  { kind: "private_check", at: NOW, by: ADMIN, watch: null, fingerprint: "aaaaaaaaaaaa", state: "healthy" },
];

describe("the Home", () => {
  const audit = (limit: number) => Promise.resolve(ENTRIES.slice(0, limit));

  it("shows an admin the last entries of the audit, and Renew… below an alert", async () => {
    const asked: number[] = [];
    const { harness } = withRenewals({
      deps: { ...store, audit: (limit) => (asked.push(limit), audit(limit)) },
    });
    await harness.openHome();
    const home = written(only(harness, "publish"));
    expect(asked).toEqual([10]);
    expect(home).toContain("Audit, newest first");
    expect(home).toContain("Refused: end the old token · by <@U0BEN>".replaceAll(" · ", "\u00A0· "));
    expect(home).toContain("Private check of a pasted token: Healthy");
    expect(home).toContain(RENEW);
    expect(home).toContain("Press *Renew…*");
    expect(viewProblems({ ...only(harness, "publish").view }, "home")).toEqual([]);
  });

  it("tells others to ask an admin", async () => {
    const { harness } = withRenewals({ deps: { ...store, audit } });
    await harness.openHome({ user: BEN });
    expect(written(only(harness, "publish"))).toContain("Ask an admin to press *Renew…*.");
  });

  it("shows neither to others", async () => {
    const { harness } = withRenewals({ deps: { ...store, audit } });
    await harness.openHome({ user: BEN });
    const home = written(only(harness, "publish"));
    expect(home).not.toContain("Audit");
    expect(home).not.toContain(RENEW);
  });

  it("stays within Slack's limits with long entries", async () => {
    const long = ENTRIES.map((entry) => ({ ...entry, watch: "&<>🚀".repeat(900) }));
    const { harness } = withRenewals({ deps: { audit: () => Promise.resolve([...long, ...long, ...long]) } });
    await harness.openHome();
    expect(viewProblems({ ...only(harness, "publish").view }, "home")).toEqual([]);
    expect(isViewTooLarge({ ...only(harness, "publish").view })).toBe(false);
  });

  it("that is updated shows each viewer their own, and reads the data once for each kind", async () => {
    const asked: number[] = [];
    const { harness } = withRenewals({
      deps: {
        ...store,
        audit: (limit) => (asked.push(limit), audit(limit)),
        viewers: () => Promise.resolve([ANNA, BEN, "U0CARLA"]),
      },
    });
    const refresh = createHomeRefresh({ ...harness.deps, wait: () => Promise.resolve() });
    refresh.request();
    await refresh.idle();
    const homes = harness.deeds.filter(({ what }) => what === "publish").map((deed) => written(deed.with));
    expect(homes.map((home) => home.includes("Audit, newest first"))).toEqual([true, false, false]);
    expect(asked).toEqual([10]);
  });
});

describe("Start a checklist for …", () => {
  const choose = (value: string) => ({ type: "static_select", selected_option: { value } });

  it.each([
    [ANNA, true],
    [BEN, false],
  ])("is in the guide of admins only: %s", async (user_id, shown) => {
    const { harness } = withRenewals();
    await harness.command("guide", { user_id });
    const message = only(harness, "respond");
    expect(written(message).includes("Start a checklist for …")).toBe(shown);
    expect(messageRefusal({ text: message.text ?? "", blocks: [...(message.blocks ?? [])] }, "post")).toBeUndefined();
  });

  it("offers at most a hundred watches", async () => {
    const cards = Array.from({ length: 130 }, (_, index) => ({
      ...aCard({ name: `watch-${index}` }),
      sourceNote: null,
    }));
    const { harness } = withRenewals({ deps: { cards: bookOf(cards) } });
    await harness.command("guide");
    const message = only(harness, "respond");
    expect(messageRefusal({ text: message.text ?? "", blocks: [...(message.blocks ?? [])] }, "post")).toBeUndefined();
  });

  it("starts a checklist in the channel, also for a watch that never had a token", async () => {
    const { harness, calls } = withRenewals();
    await harness.press("renewal.checklist", {}, choose("orders-prod"));
    expect(whats(harness)).toBe("ack respond");
    expect(calls).toEqual([["start", "orders-prod", "given", { kind: "slack", user: ANNA }]]);
    expect(only(harness, "respond").text).toContain("The checklist for *orders-prod* is in its channel.");
  });

  it("is refused to others, and to a watch that is gone", async () => {
    const { harness, calls, refused } = withRenewals();
    await harness.press("renewal.checklist", { user: { id: BEN, team_id: "T0HOME" } }, choose("orders-prod"));
    await harness.press("renewal.checklist", {}, choose("gone-prod"));
    expect(calls).toEqual([]);
    expect(refused).toEqual([
      ["refused", "renew", BEN, "orders-prod"],
      ["refused", "renew", ANNA, null],
    ]);
    expect(written(harness.deeds.at(-1))).toContain("no longer watches this token");
  });

  it("is limited like checks", async () => {
    const { calls, harness } = withRenewals();
    for (let time = 0; time < 6; time++) await harness.press("renewal.checklist", {}, choose("orders-prod"));
    expect(calls).toHaveLength(5);
  });
});
