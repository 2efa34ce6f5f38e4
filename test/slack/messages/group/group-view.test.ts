import type { ActionsBlockElement } from "@slack/types";
import { describe, expect, it } from "vitest";
import { minimal } from "../../../../src/slack/kit/channel-message.ts";
import { groupMessage } from "../../../../src/slack/messages/group/group-view.ts";
import type { Alert } from "../../../../src/alert/alert.ts";
import { plainMrkdwn, plainSlack } from "../../../docs/plain-slack.ts";
import { aCard, aFinding, after, aVerdict, NOW } from "../../../support/builders.ts";
import { aGroup, revokedAlerts, uncheckedAlerts } from "../../support/group.ts";
import { parsedTexts } from "../../support/parsed.ts";

const HOUR = 3_600_000;
const shown = (alerts: readonly Alert[]) => groupMessage(aGroup(), alerts, "UTC", false);
const read = (alerts: readonly Alert[]): readonly string[] => plainMrkdwn(shown(alerts).text).split("\n");

const buttonsOf = (alerts: readonly Alert[]): readonly (ActionsBlockElement & { readonly value?: string })[] =>
  (shown(alerts).attachments[0]?.blocks ?? []).flatMap((block) =>
    block.type === "actions" && "elements" in block ? block.elements : [],
  );
const idsOf = (alerts: readonly Alert[]): readonly (string | undefined)[] =>
  buttonsOf(alerts).map((element) => ("action_id" in element ? element.action_id : undefined));

const ended = (alerts: readonly Alert[]): readonly Alert[] =>
  alerts.map((alert) => ({ ...alert, verdict: aVerdict(), resolution: "recovered", resolvedAt: after(2 * HOUR) }));

describe("one message for many alerts", () => {
  it("shows the headline, people, the cause, the steps and the counts, then the list, the buttons and the small print", () => {
    const taken = { acknowledged: { by: "U0ANNA", at: NOW } };
    const { blocks, attachments } = shown([...revokedAlerts(2), ...revokedAlerts(3, taken).slice(2)]);
    expect(plainSlack(blocks)).toBe(
      [
        "🔴 3 tokens of the app Orders (ID 100000000000042): revoked",
        "",
        "checkout and crm cannot send WhatsApp messages. <@U0OWNER0> <@U0OWNER1>",
        "Each token was revoked.",
        "1. Generate a new system user token for each watch below.",
        "2. Save each new token where its app and this bot read it. Restart each app that reads its token only at start.",
        "3. Press Check all now to confirm.",
        "Afterwards: Find out who revoked the old tokens.",
        "Taken: 1 of 3, by <@U0ANNA>, 22 Nov 2026, 08:00 UTC.",
      ].join("\n"),
    );
    expect(plainSlack(attachments[0]?.blocks ?? [])).toBe(
      [
        "• shop-0: revoked. Phone number ID 100000000002001. Used by checkout and crm. Owner: <@U0OWNER0>.",
        "• shop-1: revoked. Phone number ID 100000000002001. Used by checkout and crm. Owner: <@U0OWNER1>.",
        "• shop-2: revoked, taken by <@U0ANNA>. Phone number ID 100000000002001. Used by checkout and crm. Owner: <@U0OWNER0>.",
        "[Acknowledge all] [Undo acknowledgement] [Snooze all…] [Check all now] [Open guide]",
        "Alerts open since 22 Nov 2026, 08:00 UTC, severity critical. shop-0: seen 22 Nov 2026, 08:00 UTC by GET /debug_token, HTTP 200, trace Atrace.",
      ].join("\n"),
    );
  });

  it("notifies each owner of a critical alert once, also in its shortest form", () => {
    const message = shown([...revokedAlerts(5), ...uncheckedAlerts(2)]);
    expect(message.text.split("\n")[1]).toBe("checkout and crm cannot send WhatsApp messages. <@U0OWNER0> <@U0OWNER1>");
    expect(minimal(message).text).toMatch(/^🔴 .*\n.* <@U0OWNER0> <@U0OWNER1>$/);
  });

  it.each<[string, readonly Alert[]]>([
    ["warnings", uncheckedAlerts(2)],
    ["over", ended(revokedAlerts(2))],
    ["gone", []],
  ])("notifies nobody when they are %s", (_name, alerts) => {
    expect(JSON.stringify(shown(alerts))).not.toMatch(/<@|<!subteam/);
  });

  it("has no buttons after all alerts ended", () => {
    expect(idsOf(ended(revokedAlerts(2)))).toEqual([]);
    expect(idsOf([])).toEqual([]);
  });

  it("has the colour of the worst alert, or of the end", () => {
    const colour = (alerts: readonly Alert[]) => shown(alerts).attachments[0]?.color;
    expect(colour([...uncheckedAlerts(2), ...revokedAlerts(1)])).toBe("#d72b3f");
    expect(colour(uncheckedAlerts(2))).toBe("#daa038");
    expect(colour(ended(revokedAlerts(2)))).toBe("#2eb67d");
  });

  it("names twenty, worst and unacknowledged first, and counts the rest", () => {
    const seen = { acknowledged: { by: "U0ANNA", at: NOW } };
    const lines = read([...revokedAlerts(1, seen), ...revokedAlerts(30).slice(1)]).filter((line) => /^[•…]/.test(line));
    expect(lines).toHaveLength(21);
    expect(lines[0]).toContain("shop-1:");
    expect(lines[19]).toContain("shop-20:");
    expect(lines[20]).toBe("…and 10 more: /wa-token status");
  });

  it.each<[string, readonly Alert[]]>([
    ["revoked", revokedAlerts(3)],
    ["not checked", uncheckedAlerts(3)],
    ["over", ended(revokedAlerts(3))],
  ])("has everything from its blocks in its text, in the same order: %s", (_name, alerts) => {
    const { text, blocks, attachments } = shown(alerts);
    const seen = [...blocks, ...(attachments[0]?.blocks ?? [])].filter(({ type }) => type !== "actions");
    expect(plainSlack(seen).replace("\n\n", "\n")).toBe(plainMrkdwn(text));
  });

  it("turns no foreign text into a mention, a link or a line", () => {
    const hostile = "<!channel> <@U0VICTIM>\n<https://evil.example|fine>";
    const card = aCard({ name: hostile, consumers: [hostile], phoneNumberId: hostile, appId: hostile, owner: hostile });
    const verdict = aVerdict({ findings: [aFinding("revoked")], token: { appName: hostile } });
    for (const alerts of [revokedAlerts(2, { card, verdict }), ended(revokedAlerts(2, { card }))])
      for (const text of parsedTexts(shown(alerts)))
        expect(text).not.toMatch(/<!channel|<@U0VICTIM|<https|^&lt;https/m);
  });
});

describe("the buttons of a group", () => {
  const by = { by: "U0ANNA", at: NOW };

  const snoozed = { ...by, until: after(HOUR), reason: "planned" };

  it.each<[string, readonly Alert[], string]>([
    ["open", revokedAlerts(2), "acknowledge snooze check guide"],
    ["acknowledged", revokedAlerts(2, { acknowledged: by }), "unacknowledge snooze check guide"],
    ["snoozed", revokedAlerts(2, { snoozed }), "acknowledge snooze unsnooze check guide"],
    [
      "acknowledged in part",
      [...revokedAlerts(1), ...revokedAlerts(1, { acknowledged: by })],
      "acknowledge unacknowledge snooze check guide",
    ],
    ["not to be helped by a guide", uncheckedAlerts(2), "acknowledge snooze check"],
  ])("that is %s are complete", (_name, alerts, ids) => {
    expect(idsOf(alerts).join(" ")).toBe(ids.replaceAll(/\b(?=[a-z])/g, "alert."));
  });

  it("carry the id of the group, and the topic of the worst alert", () => {
    expect(buttonsOf(revokedAlerts(2)).map(({ value }) => value)).toEqual([
      "message:group-1",
      "message:group-1",
      "message:group-1",
      "expired shop-0",
    ]);
  });

  it("undo the last press", () => {
    const last = { by: "U0BEN", at: after(HOUR) };
    const alerts = [...revokedAlerts(1, { acknowledged: by, snoozed }), ...revokedAlerts(1, { acknowledged: last })];
    const values = new Map(
      buttonsOf(alerts).map((element) => ["action_id" in element && element.action_id, element.value]),
    );
    expect(values.get("alert.unacknowledge")).toBe(`message:group-1 ${after(HOUR).toISOString()}`);
    expect(values.get("alert.unsnooze")).toBe(`message:group-1 ${NOW.toISOString()}`);
  });
});
