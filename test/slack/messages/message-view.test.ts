import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import { messageView } from "../../../src/slack/messages/message-view.ts";
import type { ChannelMessage } from "../../../src/slack/kit/channel-message.ts";
import type { Delivery, Owed } from "../../../src/outbox/message.ts";
import { plainMrkdwn } from "../../docs/plain-slack.ts";
import { aCard, after, anAlert, aVerdict, NOW } from "../../support/builders.ts";
import { aGroupDelivery, aList, anAlertDelivery, REF, WORKSPACE } from "../support/deliveries.ts";
import { revokedAlerts, uncheckedAlerts } from "../support/group.ts";

const HOUR = 3_600_000;
const view = (delivery: Delivery, links?: string): ChannelMessage => messageView(delivery, "UTC", links);
const idsOf = ({ attachments }: ChannelMessage): readonly unknown[] =>
  (attachments[0]?.blocks ?? []).flatMap((block) =>
    block.type === "actions" && "elements" in block
      ? block.elements.map((element) => ("action_id" in element ? element.action_id : undefined))
      : [],
  );

const leaving = (alert: string, at: Date): Owed => ({
  id: `${alert}/2/left`,
  alert,
  revision: 2,
  what: "left",
  priority: 1,
  at,
  notice: false,
  reply: null,
  entry: null,
  toldElsewhere: false,
});

describe("the buttons", () => {
  const by = { by: "U0ANNA", at: NOW };
  const answered = { acknowledged: by, snoozed: { ...by, until: after(HOUR), reason: "planned" } };
  const mixed = [...revokedAlerts(1), ...revokedAlerts(2, answered).slice(1)];

  it("are alike for an alert, a group and a list", () => {
    const own = idsOf(view(anAlertDelivery(anAlert())));
    expect(own).toEqual(["alert.acknowledge", "alert.snooze", "alert.check", "alert.guide"]);
    const many: readonly Delivery[] = [
      aGroupDelivery(revokedAlerts(2)),
      aList("escalation", revokedAlerts(2)),
      aList("reminders", revokedAlerts(2)),
      aList("fallback", revokedAlerts(2), { body: { kind: "fallback", channel: "C0AWAY", error: "is_archived" } }),
    ];
    for (const delivery of many) expect(idsOf(view(delivery))).toEqual(own);
    const all = ["acknowledge", "unacknowledge", "snooze", "unsnooze", "check", "guide"].map((name) => `alert.${name}`);
    expect(idsOf(view(aGroupDelivery(mixed)))).toEqual(all);
    expect(idsOf(view(aList("escalation", mixed)))).toEqual(all);
  });
});

describe("Renew…, when renewals from Slack are on", () => {
  const CLOSED = { body: { kind: "fallback", channel: "C0AWAY", error: "is_archived" } } as const;
  const viewsOf = (alerts: readonly Alert[]): readonly ChannelMessage[] =>
    [
      aGroupDelivery(alerts),
      aList("escalation", alerts),
      aList("reminders", alerts),
      aList("fallback", alerts, CLOSED),
    ].map((delivery) => messageView(delivery, "UTC", undefined, true));
  /** The watches that can be chosen in each of the messages. */
  const offered = (alerts: readonly Alert[]) =>
    viewsOf(alerts).map(({ attachments }) =>
      (attachments[0]?.blocks ?? [])
        .flatMap((block) => (block.type === "actions" && "elements" in block ? block.elements : []))
        .flatMap((element) => {
          if (element.type === "button" && element.action_id === "renewal.renew") return [element.value];
          if (element.type === "static_select") return (element.options ?? []).map(({ value }) => value);
          return [];
        }),
    );
  const names = (alerts: readonly Alert[]) => alerts.map(({ card }) => card.name);
  const resolved = { resolvedAt: after(HOUR), resolution: "recovered", verdict: aVerdict() } as const;
  const revoked = revokedAlerts(3);
  const many = revokedAlerts(130);

  it.each<[string, readonly Alert[], readonly string[]]>([
    ["a button for one watch", revokedAlerts(1), ["shop-0"]],
    ["a menu for several", revoked, ["shop-0", "shop-1", "shop-2"]],
    [
      "no watch whose alert is over",
      revoked.map((one, at) => (at === 0 ? { ...one, ...resolved } : one)),
      names(revoked.slice(1)),
    ],
    ["no watch that a new token does not help", [...revoked, ...uncheckedAlerts(2)], names(revoked)],
    ["nothing when no new token helps", uncheckedAlerts(2), []],
    ["as many as a menu takes", many, names(many).slice(0, 100)],
  ])("is %s", (_name, alerts, expected) => {
    for (const watches of offered(alerts)) expect(new Set(watches)).toEqual(new Set(expected));
  });

  it("has the worst when a menu takes no more", () => {
    const warnings = revokedAlerts(100, { severity: "warning" });
    const [worst] = revokedAlerts(1, { id: "worst", card: aCard({ name: "zoo" }) });
    if (worst === undefined) throw new TypeError("no alert");
    for (const [first, ...others] of offered([...warnings, worst])) expect([first, others.length]).toEqual(["zoo", 99]);
  });
});

describe("an alert that has another message now", () => {
  const moved: Delivery = {
    ...anAlertDelivery(anAlert({ card: aCard({ channel: "C0NEW" }) }), { ref: REF }),
    alerts: [{ alert: anAlert({ card: aCard({ channel: "C0NEW" }) }), as: "former", home: REF }],
  };

  it("leaves a link to that message, and no buttons", () => {
    const message = view(moved, WORKSPACE);
    expect(message.text).toBe(
      "*orders-prod* moved to <https://acme.slack.com/archives/C0ALERTS/p1700000000000100|another message>.",
    );
    expect(message).toMatchObject({ blocks: [], attachments: [] });
  });

  it("names the channel while Slack's address is unknown", () => {
    expect(view(moved).text).toBe("*orders-prod* moved to another message in <#C0ALERTS>.");
    const alerts = moved.alerts.map((shown) => ({ ...shown, home: null }));
    expect(view({ ...moved, alerts }, WORKSPACE).text).toBe("*orders-prod* moved to another message in <#C0NEW>.");
  });
});

describe("a group after an edit", () => {
  it("shows responses and fixes, and begins with the news when all are fixed", () => {
    const fixed = { resolvedAt: after(2 * HOUR), resolution: "recovered", verdict: aVerdict() } as const;
    const [one, two, three] = revokedAlerts(3, { acknowledged: { by: "U0ANNA", at: after(HOUR) } });
    const alerts = [one, two, three].flatMap((alert, index) =>
      alert === undefined ? [] : [index === 0 ? { ...alert, ...fixed } : alert],
    );
    const lines = plainMrkdwn(view(aGroupDelivery(alerts)).text).split("\n");
    expect(lines).toContain("Fixed so far: 1 of 3.");
    expect(lines).toContain("Taken: all 2, by <@U0ANNA>, 22 Nov 2026, 09:00 UTC.");
    expect(view(aGroupDelivery(revokedAlerts(3, fixed))).text).toMatch(/^✅ \*Fixed: all 3 tokens /);
  });

  it("shows its own alerts, not those that left", () => {
    const [gone, ...here] = revokedAlerts(3);
    if (gone === undefined) throw new Error("there is none");
    const group = aGroupDelivery(here);
    const { text } = view({ ...group, alerts: [...group.alerts, { alert: gone, as: "former", home: REF }] });
    expect(text).toMatch(/^🔴 \*2 tokens /);
    expect(text).not.toContain("shop-0");
  });

  it("shows how long it was open when the last alert left", () => {
    const [gone] = revokedAlerts(1);
    if (gone === undefined) throw new Error("there is none");
    const delivery: Delivery = {
      ...aGroupDelivery([], { createdAt: NOW }),
      alerts: [{ alert: gone, as: "former", home: null }],
      owed: [leaving("alert-9", after(HOUR)), leaving("alert-0", after(2 * HOUR))],
    };
    expect(plainMrkdwn(view(delivery).text)).toMatch(
      /^✅ Every alert moved to another message, .*\nOpen from .*\(2 hours\)\.$/s,
    );
  });
});
