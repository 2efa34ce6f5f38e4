import type { ActionsBlockElement } from "@slack/types";
import { describe, expect, it } from "vitest";
import { alertLines } from "../../../src/slack/alert/alert-text.ts";
import type { ChannelMessage } from "../../../src/slack/channel-message.ts";
import { messageView } from "../../../src/slack/message/message-view.ts";
import type { Alert } from "../../../src/watch/alert.ts";
import { plainMrkdwn, plainSlack } from "../../docs/plain-slack.ts";
import { aCard, aFinding, after, anAlert, anEvidence, aVerdict, NOW } from "../../support/builders.ts";
import { aList, REF, WORKSPACE } from "../support/deliveries.ts";
import { revokedAlerts } from "../support/group.ts";

const HOUR = 3_600_000;
const expired = anAlert({
  verdict: aVerdict({ findings: [aFinding("expired")], evidence: anEvidence() }),
  criticalSince: NOW,
  card: aCard({ oncall: "S0TEAM" }),
});
const acknowledged = { by: "U0ANNA", at: after(HOUR) };
const fixed = { resolvedAt: after(2 * HOUR), resolution: "recovered", verdict: aVerdict() } as const;
const unwatched = { resolvedAt: after(2 * HOUR), resolution: "unwatched" } as const;
const LINK = "https://acme.slack.com/archives/C0ALERTS/p1700000000000100";

const escalation = (...alerts: readonly Alert[]): ChannelMessage =>
  messageView(aList("escalation", alerts), "UTC", undefined);
const refused = (alerts: readonly Alert[], error = "not_in_channel (invite the bot to the channel)"): ChannelMessage =>
  messageView(aList("fallback", alerts, { body: { kind: "fallback", channel: "C0AWAY", error } }), "UTC", undefined);
const reminders = (alerts: readonly Alert[], links?: string): ChannelMessage =>
  messageView(aList("reminders", alerts, { homes: alerts.map(() => REF) }), "UTC", links);

const read = ({ text }: ChannelMessage): readonly string[] => plainMrkdwn(text).split("\n");
const buttonsOf = ({ attachments }: ChannelMessage): readonly ActionsBlockElement[] =>
  (attachments[0]?.blocks ?? []).flatMap((block) =>
    block.type === "actions" && "elements" in block ? block.elements : [],
  );
const valuesOf = (message: ChannelMessage): readonly unknown[] =>
  buttonsOf(message).flatMap((element) => ("value" in element ? [element.value] : []));
const ALL = ["message:message-1", "message:message-1", "message:message-1"];

/** The whole alert, as its own message says it. */
const whole = (alert: Alert): readonly string[] => alertLines(alert, "UTC").map(plainMrkdwn);

/** Each alert as changed, by its place. */
const changed = (alerts: readonly Alert[], ...changes: readonly Partial<Alert>[]): readonly Alert[] =>
  alerts.map((alert, index) => ({ ...alert, ...changes[index] }));

/** The text again as eyes see it, without the buttons. */
const seenOf = ({ blocks, attachments }: ChannelMessage): string =>
  [
    plainSlack(blocks),
    plainSlack((attachments[0]?.blocks ?? []).filter(({ type }) => type !== "actions" && type !== "context")),
  ]
    .join("\n")
    .trim();

describe("an alert that nobody answered, escalated to on-call", () => {
  it("says which, for how long and where, then the whole alert with its buttons", () => {
    const message = escalation({ ...expired, escalatedAt: after(HOUR) });
    expect(read(message)).toEqual([
      "@owner <!subteam^S0TEAM> Nobody answered for 1 hour in #alerts: orders-prod. Please take over:",
      ...whole(expired),
    ]);
    expect(valuesOf(message)).toEqual(["alert-1", "alert-1", "alert-1", "expired orders-prod"]);
    expect(message.attachments).toMatchObject([{ color: "#d72b3f" }]);
    expect(plainSlack(message.blocks)).toContain("Nobody answered for 1 hour");
  });

  it("leads to the message that people did not answer, where Slack has told its address", () => {
    const { text } = messageView(aList("escalation", [expired], { homes: [REF] }), "UTC", WORKSPACE);
    expect(text).toContain(`Nobody answered for 1 hour in <#C0ALERTS> (<${LINK}|see the message>): *orders-prod*.`);
  });

  it("counts from when Slack accepted the alert, not from before", () => {
    const late = { ...expired, criticalSince: after(-HOUR), acceptedAt: NOW };
    expect(read(escalation(late))[0]).toContain("Nobody answered for 1 hour in #alerts");
  });

  it("does without the time where the alert does not tell it any more", () => {
    expect(read(escalation({ ...expired, criticalSince: null }))[0]).toContain(
      "Nobody answered in #alerts: orders-prod.",
    );
  });

  it.each<[string, Partial<Alert>, RegExp]>([
    ["who took it", { acknowledged }, /^@owner .*Taken by <@U0ANNA>: orders-prod\. Nobody had answered in #alerts\./],
    [
      "who snoozed it",
      { snoozed: { ...acknowledged, until: after(9 * HOUR), reason: "planned" } },
      /^@owner .*Snoozed by <@U0ANNA>: orders-prod\. Nobody had answered in #alerts\./,
    ],
    [
      "that it is a warning now",
      { severity: "warning" },
      /^A warning now: orders-prod\. Nobody had answered in #alerts\./,
    ],
    [
      "that it is fixed",
      { ...fixed, acknowledged },
      /^Fixed: orders-prod\. The token is healthy again\.\nNobody had answered in #alerts\./,
    ],
    [
      "that nobody looks any more",
      unwatched,
      /^No longer watched: orders-prod left the watchlist\. The problem may still be there\.\nNobody had answered/,
    ],
  ])("says after an edit %s", (_name, fields, words) => {
    const message = escalation({ ...expired, escalatedAt: after(HOUR), ...fields });
    expect(read(message).join("\n")).toMatch(words);
    expect(read(message).join("\n")).not.toContain("take over");
    expect(plainSlack(message.blocks)).toMatch(words);
  });

  it("is a list when there are many, with what they share and buttons for all", () => {
    const message = escalation(...revokedAlerts(2, { criticalSince: after(-HOUR), acceptedAt: after(-HOUR) }));
    expect(read(message)).toEqual([
      "<@U0OWNER0> <@U0OWNER1> Nobody answered 2 critical alerts. Please take over:",
      "Somebody revoked it.",
      "What to do:",
      "1. Find out who revoked it.",
      "• shop-0: revoked. 100000000002001. Used by checkout, crm. Owner: <@U0OWNER0>. In #alerts, unanswered for 2 hours.",
      "• shop-1: revoked. 100000000002001. Used by checkout, crm. Owner: <@U0OWNER1>. In #alerts, unanswered for 2 hours.",
    ]);
    expect(valuesOf(message)).toEqual([...ALL, "expired shop-0"]);
    expect(plainSlack(message.blocks)).toContain("Find out who revoked it.");
  });

  it("says of each what is not the same of all: nothing", () => {
    const message = escalation(...revokedAlerts(1), { ...expired, id: "alert-1" });
    expect(read(message).filter((line) => !line.startsWith("• "))).toHaveLength(1);
    expect(valuesOf(message)).toHaveLength(4);
  });

  it("has buttons however many it names", () => {
    const many = revokedAlerts(600).map((alert, index) => ({ ...alert, id: `${index}`.padStart(36, "0") }));
    expect(valuesOf(escalation(...many)).slice(0, 3)).toEqual(ALL);
  });

  it("keeps the list current: who took which, and what is fixed", () => {
    const alerts = changed(revokedAlerts(3, { criticalSince: NOW }), {}, { acknowledged }, fixed);
    const lines = read(escalation(...alerts));
    expect(lines[0]).toMatch(/ Nobody answered 1 critical alert\. Please take over:$/);
    expect(lines).toContain("Fixed meanwhile: 1 of 3.");
    expect(lines).toContain("Taken by <@U0ANNA>: 1 of 2, 22 Nov 2026, 09:00 UTC.");
    expect(
      lines.filter((line) => line.startsWith("• ")).map((line) => line.replace(/\. 1000.*\. In/, " … In")),
    ).toEqual([
      "• shop-0: revoked … In #alerts, unanswered for 1 hour.",
      "• shop-1: revoked (taken by <@U0ANNA>) … In #alerts.",
      "• shop-2: fixed … In #alerts.",
    ]);
  });

  it.each<[string, readonly Partial<Alert>[], RegExp]>([
    [
      "taken",
      [{ acknowledged }, { acknowledged }],
      /Nobody had answered 2 critical alerts\. All of them are answered or over\.$/,
    ],
    [
      "taken or fixed",
      [{ acknowledged }, fixed],
      /Nobody had answered 2 critical alerts\. All of them are answered or over\.$/,
    ],
    [
      "warnings",
      [{ severity: "warning" }, { severity: "warning" }],
      /^Nobody had answered 2 critical alerts\. None of them is critical and unanswered now\.$/,
    ],
    [
      "warnings or taken",
      [{ severity: "warning" }, { acknowledged }],
      /Nobody had answered 2 critical alerts\. None of them is critical and unanswered now\.$/,
    ],
    ["fixed", [fixed, fixed], /^Fixed: all 2 alerts\.$/],
    ["over", [fixed, unwatched], /^Over: none of these alerts is open\.$/],
  ])("says first that all are %s", (_name, changes, first) => {
    const message = escalation(...changed(revokedAlerts(2), ...changes));
    expect(read(message)[0]).toMatch(first);
    expect(message.text).not.toContain("take over");
  });

  it("asks nobody to take over what is a warning now", () => {
    const lines = read(escalation(...changed(revokedAlerts(2, { criticalSince: NOW }), {}, { severity: "warning" })));
    expect(lines[0]).toMatch(/ Nobody answered 1 critical alert\. Please take over:$/);
    expect(lines.map((line) => line.replace(/\. 1000.*\. In/, " … In"))).toEqual(
      expect.arrayContaining([
        "• shop-0: revoked … In #alerts, unanswered for 1 hour.",
        "• shop-1: revoked … In #alerts, a warning now.",
      ]),
    );
  });

  it("has no buttons once all is over, and the colour of it", () => {
    const message = escalation(...revokedAlerts(2, fixed));
    expect(buttonsOf(message)).toEqual([]);
    expect(message.attachments).toMatchObject([{ color: "#2eb67d" }]);
    expect(message.text).not.toContain("<@");
  });
});

describe("an alert that its channel refuses, told elsewhere", () => {
  it("says which channel, why and what to do, then the whole alert with its buttons", () => {
    const message = refused([expired]);
    expect(read(message)).toEqual([
      "@owner <!subteam^S0TEAM> The channel <#C0AWAY> refused this alert (not_in_channel: invite the bot to the channel), so it was sent here.",
      ...whole(expired),
    ]);
    expect(valuesOf(message)).toHaveLength(4);
  });

  it("repeats a word that nobody knows as it is, and nothing that calls anybody", () => {
    expect(read(refused([expired], "no_such_word"))[0]).toContain("(no_such_word)");
    expect(refused([expired], "<!channel>").text).toContain("(&lt;!channel&gt;)");
  });

  it("says after an edit who took it, and first of all that it is fixed", () => {
    expect(read(refused([{ ...expired, acknowledged }]))).toContain("Taken by <@U0ANNA>, 22 Nov 2026, 09:00 UTC.");
    const message = refused([{ ...expired, ...fixed }]);
    expect(read(message)[0]).toBe("Fixed: orders-prod. The token is healthy again.");
    expect(message.text).not.toContain("<@");
    expect(message.attachments).toMatchObject([{ color: "#2eb67d" }]);
    expect(buttonsOf(message)).toEqual([]);
  });

  it("is a list when there are many, with the refusal once", () => {
    const message = refused(revokedAlerts(2));
    expect(read(message)).toEqual([
      "<@U0OWNER0> <@U0OWNER1> The channel <#C0AWAY> refused 2 alerts (not_in_channel: invite the bot to the channel), so they were sent here.",
      "Somebody revoked it.",
      "What to do:",
      "1. Find out who revoked it.",
      "• shop-0: revoked. 100000000002001. Used by checkout, crm. Owner: <@U0OWNER0>.",
      "• shop-1: revoked. 100000000002001. Used by checkout, crm. Owner: <@U0OWNER1>.",
    ]);
    expect(valuesOf(message).slice(0, 3)).toEqual(ALL);
  });

  it("keeps the list current, the worst first and what is over last", () => {
    const lines = read(refused(changed(revokedAlerts(3), fixed, { acknowledged }, {})));
    expect(lines).toContain("Fixed meanwhile: 1 of 3.");
    expect(lines).toContain("Taken by <@U0ANNA>: 1 of 2, 22 Nov 2026, 09:00 UTC.");
    expect(lines.filter((line) => line.startsWith("• ")).map((line) => line.split(".")[0])).toEqual([
      "• shop-2: revoked",
      "• shop-1: revoked (taken by <@U0ANNA>)",
      "• shop-0: fixed",
    ]);
    expect(read(refused(revokedAlerts(2, fixed)))[0]).toBe("Fixed: all 2 alerts.");
  });

  it("counts those that find no room", () => {
    expect(read(refused(revokedAlerts(30))).at(-1)).toBe("…and 10 more: /wa-token status");
  });

  it("says first that it lasts when people were told of it before", () => {
    const again = { spokeAt: after(HOUR) };
    expect(read(refused([{ ...expired, ...again }]))[0]).toMatch(
      /^@owner <!subteam\^S0TEAM> Still not fixed: orders-prod\. The channel/,
    );
    expect(read(refused(revokedAlerts(2, again)))[0]).toMatch(
      /> Still not fixed: 2 alerts\. The channel <#C0AWAY> refused 2 alerts/,
    );
    expect(read(refused(changed(revokedAlerts(2), again)))[0]).not.toContain("Still not fixed");
    expect(read(refused([{ ...expired, ...again, ...fixed }])).join(" ")).not.toContain("Still not fixed");
  });
});

describe("reminders of several alerts of one channel", () => {
  it("are one list: each alert on one line, with a link to its message, and buttons for all", () => {
    const message = reminders(revokedAlerts(2), WORKSPACE);
    expect(message.text.split("\n").map(plainMrkdwn)).toEqual([
      "<@U0OWNER0> <@U0OWNER1> Still not fixed: 2 alerts.",
      `• shop-0: revoked, open since 22 Nov 2026, 08:00 UTC. <${LINK}|See what to do>.`,
      `• shop-1: revoked, open since 22 Nov 2026, 08:00 UTC. <${LINK}|See what to do>.`,
    ]);
    expect(valuesOf(message)).toEqual([...ALL, "expired shop-0"]);
    expect(message.attachments).toMatchObject([{ color: "#d72b3f" }]);
    expect(seenOf(message)).toBe(plainMrkdwn(message.text));
  });

  it("do without links while Slack does not say where its messages are found", () => {
    expect(read(reminders(revokedAlerts(2)))[1]).toBe("• shop-0: revoked, open since 22 Nov 2026, 08:00 UTC.");
  });

  it("stay current: who took which, and what is fixed", () => {
    const lines = read(reminders(changed(revokedAlerts(3), fixed, { acknowledged }, {}), WORKSPACE));
    expect(lines[0]).toBe("<@U0OWNER0> Still not fixed: 2 of 3 alerts.");
    expect(lines).toContain("Taken by <@U0ANNA>: 1 of 2, 22 Nov 2026, 09:00 UTC.");
    expect(lines).toContain(
      `• shop-1: revoked (taken by <@U0ANNA>), open since 22 Nov 2026, 08:00 UTC. <${LINK}|See what to do>.`,
    );
    expect(lines.at(-1)).toBe("• shop-0: fixed.");
  });

  it.each<[string, Partial<Alert>, string]>([
    ["fixed", fixed, "Fixed: all 2 alerts."],
    ["over", unwatched, "Over: none of these alerts is open."],
  ])("say first that all are %s, and call nobody then", (_name, fields, first) => {
    const message = reminders(revokedAlerts(2, fields), WORKSPACE);
    expect(read(message)[0]).toBe(first);
    expect(message.text).not.toMatch(/<@|What to do/i);
    expect(message.attachments).toMatchObject([{ color: "#2eb67d" }]);
    expect(buttonsOf(message)).toEqual([]);
  });
});

it("a message needs something to say", () => {
  expect(() => messageView(aList("fallback", [expired]), "UTC", undefined)).toThrow(TypeError);
});
