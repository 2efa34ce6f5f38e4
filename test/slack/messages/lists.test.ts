import type { ActionsBlockElement } from "@slack/types";
import { describe, expect, it } from "vitest";
import { alertMessage } from "../../../src/slack/messages/alert/alert-view.ts";
import type { ChannelMessage } from "../../../src/slack/kit/channel-message.ts";
import { messageView } from "../../../src/slack/messages/message-view.ts";
import type { Alert } from "../../../src/alert/alert.ts";
import { plainMrkdwn, plainSlack } from "../../docs/plain-slack.ts";
import { aCard, aFinding, after, anAlert, anEvidence, aVerdict, NOW } from "../../support/builders.ts";
import { aList, REF, WORKSPACE } from "../support/deliveries.ts";
import { revokedAlerts } from "../support/group.ts";
import { parsedTexts } from "../support/parsed.ts";

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

/** The whole alert, as its own message says it, with one line more. */
const wholeWith = (alert: Alert, line: string): readonly string[] =>
  read(alertMessage(alert, "UTC")).toSpliced(2, 0, line);
const itemsOf = (message: ChannelMessage): readonly string[] => read(message).filter((line) => line.startsWith("• "));

/** Each alert as changed, by its place. */
const changed = (alerts: readonly Alert[], ...changes: readonly Partial<Alert>[]): readonly Alert[] =>
  alerts.map((alert, index) => ({ ...alert, ...changes[index] }));

/** The text again as eyes see it, without the buttons. */
const seenOf = ({ blocks, attachments }: ChannelMessage): string =>
  plainSlack([...blocks, ...(attachments[0]?.blocks ?? [])].filter(({ type }) => type !== "actions")).replace(
    "\n\n",
    "\n",
  );

const STEPS = [
  "1. Generate a new system user token for each watch below.",
  "2. Save each new token where its app and this bot read it. Restart each app that reads its token only at start.",
  "3. Press Check all now to confirm.",
  "Afterwards: Find out who revoked the old tokens.",
];
const REST = "Phone number ID 100000000002001. Used by checkout and crm.";

describe("an alert without a response, escalated to on-call", () => {
  it("gives the time and place without a response, with the whole alert when there is no link", () => {
    const message = escalation({ ...expired, escalatedAt: after(HOUR) });
    const why = "Escalated to on-call: nobody responded in #alerts within 1 hour. Please take over.";
    expect(read(message)).toEqual(wholeWith(expired, why));
    expect(read(message)[1]).toMatch(/ @owner <!subteam\^S0TEAM>$/);
    expect(valuesOf(message)).toEqual(["alert-1", "alert-1", "alert-1", "expired orders-prod"]);
    expect(message.attachments).toMatchObject([{ color: "#d72b3f" }]);
    expect(plainSlack(message.blocks)).toContain(why);
  });

  it("links to the alert's own message for steps and facts, when Slack's address is known", () => {
    const message = messageView(aList("escalation", [expired], { homes: [REF] }), "UTC", WORKSPACE);
    expect(read(message)).toEqual([
      "🔴 orders-prod: token expired",
      "checkout and crm cannot send WhatsApp messages. @owner <!subteam^S0TEAM>",
      `Escalated to on-call: nobody responded in <#C0ALERTS> (<${LINK}|open the alert>) within 1 hour. Please take over.`,
      "The token has expired.",
    ]);
    expect(valuesOf(message)).toHaveLength(4);
  });

  it("counts from when Slack accepted the alert, not from before", () => {
    const late = { ...expired, criticalSince: after(-HOUR), acceptedAt: NOW };
    expect(read(escalation(late))[2]).toContain("nobody responded in #alerts within 1 hour.");
  });

  it("leaves out the time when the alert no longer has it", () => {
    expect(read(escalation({ ...expired, criticalSince: null }))[2]).toBe(
      "Escalated to on-call: nobody responded in #alerts. Please take over.",
    );
  });

  it.each<[string, Partial<Alert>, readonly string[]]>([
    ["who took it", { acknowledged }, ["🔴 orders-prod: token expired", "Taken by <@U0ANNA>, 22 Nov 2026, 09:00 UTC."]],
    [
      "who snoozed it",
      { snoozed: { ...acknowledged, until: after(9 * HOUR), reason: "planned" } },
      ["🔴 orders-prod: token expired", "Snoozed by <@U0ANNA> until 22 Nov 2026, 17:00 UTC. Reason: “planned”"],
    ],
    [
      "that it is a warning",
      { severity: "warning", criticalSince: null },
      [
        "🟠 orders-prod: token expired",
        "checkout and crm cannot send WhatsApp messages.",
        "Escalated to on-call: nobody responded in #alerts. It is a warning now.",
      ],
    ],
    [
      "that it is fixed",
      { ...fixed, acknowledged },
      [
        "✅ orders-prod: fixed",
        "The token works again.",
        expect.stringMatching(/^It was escalated to on-call, because nobody responded .*Taken by /),
      ],
    ],
    [
      "that nobody checks it any more",
      unwatched,
      [
        "⚪ orders-prod: no longer watched",
        "It was removed from the watchlist. The problem may still exist.",
        "It was escalated to on-call, because nobody responded in #alerts within 1 hour.",
      ],
    ],
  ])("says after an edit %s, and asks for nothing", (_name, fields, lines) => {
    const alert = { ...expired, escalatedAt: after(HOUR), ...fields };
    for (const message of [
      escalation(alert),
      messageView(aList("escalation", [alert], { homes: [REF] }), "UTC", WORKSPACE),
    ]) {
      const said = read(message).map((line) => line.replace(/<#C0ALERTS> \(<.*?>\)/, "#alerts"));
      expect(said[0]).toBe(lines[0]);
      expect(said).toEqual(expect.arrayContaining([...lines]));
      expect(said.join("\n")).not.toContain("take over");
      expect(seenOf(message)).toBe(plainMrkdwn(message.text));
    }
  });

  it("is a list when there are many, with the shared cause and steps, and buttons for all", () => {
    const message = escalation(...revokedAlerts(2, { criticalSince: after(-HOUR), acceptedAt: after(-HOUR) }));
    expect(read(message)).toEqual([
      "🔴 Escalated to on-call: 2 alerts",
      "<@U0OWNER0> <@U0OWNER1>",
      "Nobody responded. Please take over.",
      "Each token was revoked.",
      ...STEPS,
      `• shop-0: revoked. ${REST} Owner: <@U0OWNER0>. Nobody responded within 2 hours. In #alerts.`,
      `• shop-1: revoked. ${REST} Owner: <@U0OWNER1>. Nobody responded within 2 hours. In #alerts.`,
    ]);
    expect(valuesOf(message)).toEqual([...ALL, "expired shop-0"]);
    expect(seenOf(message)).toBe(plainMrkdwn(message.text));
  });

  it("links each alert to its own message, when Slack's address is known", () => {
    const list = aList("escalation", revokedAlerts(2), { homes: [REF, null] });
    const message = messageView(list, "UTC", WORKSPACE);
    expect(itemsOf(message).map((line) => line.replace(/^.* In /, ""))).toEqual([
      `<#C0ALERTS> (<${LINK}|open the alert>).`,
      "#alerts.",
    ]);
  });

  it("leaves out a cause and steps that differ", () => {
    const message = escalation(...revokedAlerts(1), { ...expired, id: "alert-1" });
    expect(read(message).filter((line) => !line.startsWith("• "))).toHaveLength(3);
    expect(valuesOf(message)).toHaveLength(4);
  });

  it("has buttons for any number of alerts", () => {
    const many = revokedAlerts(600).map((alert, index) => ({ ...alert, id: `${index}`.padStart(36, "0") }));
    expect(valuesOf(escalation(...many)).slice(0, 3)).toEqual(ALL);
  });

  it("keeps the list current: responses, and fixed alerts", () => {
    const message = escalation(...changed(revokedAlerts(3, { criticalSince: NOW }), {}, { acknowledged }, fixed));
    expect(read(message)).toEqual(
      expect.arrayContaining([
        "Nobody responded to 1 of 3. Please take over.",
        "Fixed so far: 1 of 3.",
        "Taken: 1 of 2, by <@U0ANNA>, 22 Nov 2026, 09:00 UTC.",
      ]),
    );
    expect(itemsOf(message)).toEqual([
      `• shop-0: revoked. ${REST} Owner: <@U0OWNER0>. Nobody responded within 1 hour. In #alerts.`,
      `• shop-1: revoked, taken by <@U0ANNA>. ${REST} Owner: <@U0OWNER1>. In #alerts.`,
      `• shop-2: fixed. ${REST} In #alerts.`,
    ]);
  });

  const warning = { severity: "warning" } as const;
  const snoozed = { snoozed: { ...acknowledged, until: after(9 * HOUR), reason: "planned" } };

  it.each<[string, readonly Partial<Alert>[], string, string | undefined]>([
    [
      "taken",
      [{ acknowledged }, { acknowledged }],
      "🔴 Escalated to on-call: 2 alerts",
      "Every alert is taken, snoozed or closed.",
    ],
    ["snoozed", [snoozed, snoozed], "🔴 Escalated to on-call: 2 alerts", "Every alert is taken, snoozed or closed."],
    [
      "taken or fixed",
      [{ acknowledged }, fixed],
      "🔴 Escalated to on-call: 2 alerts",
      "Every alert is taken, snoozed or closed.",
    ],
    [
      "warnings",
      [warning, warning],
      "🟠 Escalated to on-call: 2 alerts",
      "Every critical alert is taken, snoozed or closed.",
    ],
    [
      "warnings or taken",
      [warning, { acknowledged }],
      "🔴 Escalated to on-call: 2 alerts",
      "Every critical alert is taken, snoozed or closed.",
    ],
    ["fixed", [fixed, fixed], "✅ Fixed: all 2 alerts", undefined],
    ["over", [fixed, unwatched], "✅ No longer open: all 2 alerts", undefined],
  ])("asks for nothing when all are %s", (_name, changes, headline, said) => {
    const lines = read(escalation(...changed(revokedAlerts(2), ...changes)));
    expect(lines[0]).toBe(headline);
    expect(said === undefined || lines.includes(said)).toBe(true);
    expect(lines.join(" ")).not.toMatch(/take over|nobody responded/i);
  });

  it("does not ask people to take over an alert that is a warning now", () => {
    const message = escalation(...changed(revokedAlerts(2, { criticalSince: NOW }), {}, warning));
    expect(read(message)).toContain("Nobody responded to 1 of 2. Please take over.");
    expect(itemsOf(message).map((line) => line.replace(/^(• [^:]+).*(\)|>)\. /, "$1: "))).toEqual([
      "• shop-0: Nobody responded within 1 hour. In #alerts.",
      "• shop-1: revoked. Phone number ID 100000000002001. Used by checkout and crm. It is a warning now. In #alerts.",
    ]);
  });

  it("has no buttons and the colour of the end after all alerts ended", () => {
    const message = escalation(...revokedAlerts(2, fixed));
    expect(buttonsOf(message)).toEqual([]);
    expect(message.attachments).toMatchObject([{ color: "#2eb67d" }]);
    expect(message.text).not.toMatch(/<@|so far/);
  });
});

describe("an alert that its channel refuses, sent elsewhere", () => {
  it("names the channel and the reason, and shows the whole alert with its buttons", () => {
    const message = refused([expired]);
    expect(read(message)).toEqual(
      wholeWith(
        expired,
        "Sent here because <#C0AWAY> refused this alert (not_in_channel: invite the bot to the channel).",
      ),
    );
    expect(valuesOf(message)).toHaveLength(4);
  });

  it("names the person whose direct messages refused it", () => {
    const body = { kind: "fallback", channel: "U0ANNA", error: "user_disabled" } as const;
    const { text } = messageView(aList("fallback", [expired], { body }), "UTC", undefined);
    expect(text).toContain("Sent here because the direct messages of <@U0ANNA> refused this alert (user_disabled).");
  });

  it("repeats an unknown error literally, without a mention", () => {
    expect(refused([expired], "no_such_word").text).toContain("(no_such_word)");
    expect(refused([expired], "<!channel>").text).toContain("(&lt;!channel&gt;)");
  });

  it("shows a response after an edit, and a fix on the first line", () => {
    expect(read(refused([{ ...expired, acknowledged }]))).toContain("Taken by <@U0ANNA>, 22 Nov 2026, 09:00 UTC.");
    const message = refused([{ ...expired, ...fixed }]);
    expect(read(message).slice(0, 2)).toEqual(["✅ orders-prod: fixed", "The token works again."]);
    expect(message.text).not.toContain("<@");
    expect(message.attachments).toMatchObject([{ color: "#2eb67d" }]);
    expect(buttonsOf(message)).toEqual([]);
  });

  it("is a list when there are many, with the refusal once", () => {
    const message = refused(revokedAlerts(2));
    expect(read(message)).toEqual([
      "🔴 2 alerts from another channel",
      "<@U0OWNER0> <@U0OWNER1>",
      "Sent here because <#C0AWAY> refused them (not_in_channel: invite the bot to the channel).",
      "Each token was revoked.",
      ...STEPS,
      `• shop-0: revoked. ${REST} Owner: <@U0OWNER0>.`,
      `• shop-1: revoked. ${REST} Owner: <@U0OWNER1>.`,
    ]);
    expect(valuesOf(message).slice(0, 3)).toEqual(ALL);
  });

  it("keeps the list current, worst first and ended alerts last", () => {
    const message = refused(changed(revokedAlerts(3), fixed, { acknowledged }));
    expect(read(message)).toEqual(
      expect.arrayContaining(["Fixed so far: 1 of 3.", "Taken: 1 of 2, by <@U0ANNA>, 22 Nov 2026, 09:00 UTC."]),
    );
    expect(itemsOf(message).map((line) => line.split(".")[0])).toEqual([
      "• shop-2: revoked",
      "• shop-1: revoked, taken by <@U0ANNA>",
      "• shop-0: fixed",
    ]);
    expect(read(refused(revokedAlerts(2, fixed)))[0]).toBe("✅ Fixed: all 2 alerts");
  });

  it("counts the alerts that do not fit", () => {
    expect(read(refused(revokedAlerts(30))).at(-1)).toBe("…and 10 more: /wa-token status");
  });

  it("says that the problem continues when people already know all of the alerts", () => {
    const again = { spokeAt: after(HOUR) };
    const lasts = /^Still not fixed\. Sent here because <#C0AWAY> refused/m;
    expect(refused([{ ...expired, ...again }]).text).toMatch(lasts);
    expect(refused(revokedAlerts(2, again)).text).toMatch(lasts);
    expect(refused(changed(revokedAlerts(2), again)).text).not.toContain("Still not fixed");
    expect(refused([{ ...expired, ...again, ...fixed }]).text).not.toContain("Still not fixed");
  });
});

describe("reminders of several alerts of one channel", () => {
  it("are one list: each alert on one line, with a link to its message, and buttons for all", () => {
    const message = reminders(revokedAlerts(2), WORKSPACE);
    expect(read(message)).toEqual([
      "🔴 Still not fixed: 2 alerts",
      "<@U0OWNER0> <@U0OWNER1>",
      `• shop-0: revoked, alert open since 22 Nov 2026, 08:00 UTC. <${LINK}|Open the alert>`,
      `• shop-1: revoked, alert open since 22 Nov 2026, 08:00 UTC. <${LINK}|Open the alert>`,
    ]);
    expect(valuesOf(message)).toEqual([...ALL, "expired shop-0"]);
    expect(message.attachments).toMatchObject([{ color: "#d72b3f" }]);
    expect(seenOf(message)).toBe(plainMrkdwn(message.text));
  });

  it("have no links while Slack's address is unknown", () => {
    expect(itemsOf(reminders(revokedAlerts(2)))[0]).toBe("• shop-0: revoked, alert open since 22 Nov 2026, 08:00 UTC.");
  });

  it("stay current with responses and fixes, and ask only for a response to the others", () => {
    const lines = read(reminders(changed(revokedAlerts(3), fixed, { acknowledged }), WORKSPACE));
    expect(lines).toEqual([
      "🔴 Still not fixed: 2 of 3 alerts",
      "<@U0OWNER0>",
      "Fixed so far: 1 of 3.",
      "Taken: 1 of 2, by <@U0ANNA>, 22 Nov 2026, 09:00 UTC.",
      `• shop-2: revoked, alert open since 22 Nov 2026, 08:00 UTC. <${LINK}|Open the alert>`,
      `• shop-1: revoked, taken by <@U0ANNA>, alert open since 22 Nov 2026, 08:00 UTC. <${LINK}|Open the alert>`,
      "• shop-0: fixed.",
    ]);
  });

  it.each<[string, Partial<Alert>, string]>([
    ["fixed", fixed, "✅ Fixed: all 2 alerts"],
    ["over", unwatched, "✅ No longer open: all 2 alerts"],
  ])("begin with the news that all are %s, and then notify no one", (_name, fields, first) => {
    const message = reminders(revokedAlerts(2, fields), WORKSPACE);
    expect(read(message)[0]).toBe(first);
    expect(message.text).not.toMatch(/<@|What to do|so far/i);
    expect(message.attachments).toMatchObject([{ color: "#2eb67d" }]);
    expect(buttonsOf(message)).toEqual([]);
  });
});

describe("a list", () => {
  const lists: readonly (readonly [string, (alerts: readonly Alert[]) => ChannelMessage])[] = [
    ["escalation", (alerts) => escalation(...alerts)],
    ["fallback", (alerts) => refused(alerts)],
    ["reminders", (alerts) => reminders(alerts, WORKSPACE)],
  ];

  it.each(lists)("of warnings notifies no one: %s", (_name, view) => {
    for (const count of [1, 3])
      expect(JSON.stringify(view(revokedAlerts(count, { severity: "warning" })))).not.toMatch(/<@|<!subteam/);
  });

  it.each(lists)("turns no foreign text into a mention, a link or a line: %s", (_name, view) => {
    const hostile = "<!channel> <@U0VICTIM>\n<https://evil.example|fine>";
    const card = aCard({
      name: hostile,
      owner: hostile,
      consumers: [hostile],
      phoneNumberId: hostile,
      channel: hostile,
    });
    const snoozed = { by: hostile, at: NOW, until: after(HOUR), reason: hostile };
    for (const count of [1, 3])
      for (const text of parsedTexts(view(revokedAlerts(count, { card, snoozed }))))
        expect(text).not.toMatch(/<!channel|<@U0VICTIM|<https:..evil|^&lt;https/m);
  });
});

it("a message without content is an error", () => {
  expect(() => messageView(aList("fallback", [expired]), "UTC", undefined)).toThrow(TypeError);
});
