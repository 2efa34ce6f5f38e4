import type { ActionsBlockElement } from "@slack/types";
import { describe, expect, it } from "vitest";
import { alertLines } from "../../../src/slack/alert/alert-text.ts";
import type { ChannelMessage } from "../../../src/slack/channel-message.ts";
import { noteMessage } from "../../../src/slack/note/note-view.ts";
import type { Alert } from "../../../src/watch/alert.ts";
import { plainMrkdwn, plainSlack } from "../../docs/plain-slack.ts";
import { aCard, aFinding, after, anAlert, anEvidence, aVerdict, NOW } from "../../support/builders.ts";
import { revokedAlerts } from "../support/group.ts";
import { aNote } from "../support/notes.ts";

const HOUR = 3_600_000;
const expired = anAlert({
  verdict: aVerdict({ findings: [aFinding("expired")], evidence: anEvidence() }),
  criticalSince: NOW,
  card: aCard({ oncall: "S0TEAM" }),
});

const escalation = (...alerts: readonly Alert[]): ChannelMessage =>
  noteMessage(
    alerts.map((alert) => aNote({ kind: "escalation", alert })),
    "UTC",
  );
const over = (...alerts: readonly Alert[]): readonly string[] =>
  plainMrkdwn(
    noteMessage(
      alerts.map((alert) => aNote({ kind: "escalation_over", alert })),
      "UTC",
    ).text,
  ).split("\n");
const refused = (alerts: readonly Alert[], more = 0, error = "not_in_channel (invite the bot to the channel)") =>
  noteMessage(
    alerts.map((alert) => aNote({ kind: "refused_channel", alert, others: [], channel: "C0AWAY", error, more })),
    "UTC",
  );

const read = ({ text }: ChannelMessage): readonly string[] => plainMrkdwn(text).split("\n");
const buttonsOf = ({ attachments }: ChannelMessage): readonly ActionsBlockElement[] =>
  (attachments[0]?.blocks ?? []).flatMap((block) =>
    "elements" in block ? (block.elements as ActionsBlockElement[]) : [],
  );
const valuesOf = (message: ChannelMessage): readonly unknown[] =>
  buttonsOf(message).flatMap((element) => ("value" in element ? [element.value] : []));

/** The whole alert, as its own message says it. */
const whole = (alert: Alert): readonly string[] => alertLines(alert, "UTC").map(plainMrkdwn);

describe("an alert that nobody answered, for those who come next", () => {
  it("says for how long and where, then the whole alert with its buttons", () => {
    const message = escalation({ ...expired, escalatedAt: after(HOUR) });
    expect(read(message)).toEqual([
      "@owner <!subteam^S0TEAM> Nobody answered for 1 hour in #alerts. Please take over:",
      ...whole(expired),
    ]);
    expect(valuesOf(message)).toEqual(["alert-1", "alert-1", "alert-1", "expired orders-prod"]);
    expect(message.attachments).toMatchObject([{ color: "#d72b3f" }]);
    expect(plainSlack(message.blocks)).toContain("Nobody answered for 1 hour");
  });

  it("does without the time where the alert does not tell it any more", () => {
    expect(read(escalation({ ...expired, criticalSince: null }))[0]).toContain("Nobody answered in #alerts.");
  });

  it("is a list when there are many, with what they share and buttons for all", () => {
    const message = escalation(...revokedAlerts(2, { criticalSince: after(-HOUR) }));
    expect(read(message)).toEqual([
      "<@U0OWNER0> <@U0OWNER1> Nobody answered 2 critical alerts. Please take over:",
      "Somebody revoked it.",
      "What to do:",
      "1. Find out who revoked it.",
      "• shop-0: revoked. 100000000002001. Used by checkout, crm. Owner: <@U0OWNER0>. In #alerts, unanswered for 2 hours.",
      "• shop-1: revoked. 100000000002001. Used by checkout, crm. Owner: <@U0OWNER1>. In #alerts, unanswered for 2 hours.",
    ]);
    expect(valuesOf(message)).toEqual(["alert-0 alert-1", "alert-0 alert-1"]);
    expect(plainSlack(message.blocks)).toContain("Find out who revoked it.");
  });

  it("says of each what is not the same of all: nothing", () => {
    const [one, two] = revokedAlerts(2);
    const other = { ...expired, id: "alert-1" };
    const message = escalation(...[one, two].flatMap((alert, index) => (index === 0 ? (alert ?? []) : other)));
    expect(read(message).filter((line) => !line.startsWith("• "))).toHaveLength(1);
    expect(valuesOf(message)).toHaveLength(2);
  });

  it("has no buttons for more than a button can name", () => {
    const many = revokedAlerts(60).map((alert, index) => ({ ...alert, id: `${index}`.padStart(36, "0") }));
    expect(valuesOf(escalation(...many.slice(0, 54)))).toHaveLength(2);
    expect(valuesOf(escalation(...many))).toEqual([]);
  });
});

describe("those who came next hear", () => {
  const resolvedAt = after(HOUR);

  it.each<[string, Partial<Alert>, string]>([
    [
      "who acknowledged it",
      { acknowledged: { by: "U0ANNA", at: NOW } },
      "Acknowledged by <@U0ANNA>, 22 Nov 2026, 08:00 UTC: orders-prod. See #alerts.",
    ],
    [
      "that it is fixed",
      { resolvedAt, resolution: "recovered", verdict: aVerdict() },
      "Fixed: orders-prod. The token is healthy again. Token ends: never. See #alerts.",
    ],
    [
      "that nobody looks any more",
      { resolvedAt, resolution: "unwatched" },
      "No longer watched: orders-prod left the watchlist. The problem may still be there.",
    ],
    [
      "who snoozed it",
      { snoozed: { by: "U0ANNA", at: NOW, until: after(HOUR), reason: "planned" } },
      "Snoozed by <@U0ANNA> until 22 Nov 2026, 09:00 UTC: orders-prod. See #alerts. Reason: planned",
    ],
    ["that somebody answered", {}, "Answered: orders-prod. See #alerts."],
  ])("%s", (_name, fields, text) => {
    expect(over({ ...expired, ...fields })).toEqual([text]);
  });

  it.each<[string, Partial<Alert>, string]>([
    [
      "acknowledged",
      { acknowledged: { by: "U0ANNA", at: NOW } },
      "Acknowledged by <@U0ANNA>, 22 Nov 2026, 08:00 UTC (3): shop-0, shop-1, shop-2. See #alerts.",
    ],
    [
      "snoozed",
      { snoozed: { by: "U0ANNA", at: NOW, until: after(HOUR), reason: "planned" } },
      "Snoozed by <@U0ANNA> until 22 Nov 2026, 09:00 UTC (3): shop-0, shop-1, shop-2. See #alerts. Reason: planned",
    ],
    ["fixed", { resolvedAt, resolution: "recovered" }, "Fixed (3): shop-0, shop-1, shop-2. See #alerts."],
    [
      "replaced",
      { resolvedAt, resolution: "rotated" },
      "Fixed, the token was replaced (3): shop-0, shop-1, shop-2. See #alerts.",
    ],
    [
      "not watched any more",
      { resolvedAt, resolution: "unwatched" },
      "No longer watched (3): shop-0, shop-1, shop-2 left the watchlist. The problem may still be there.",
    ],
  ])("of many at once on one line: %s", (_name, fields, text) => {
    expect(over(...revokedAlerts(3, fields).toReversed())).toEqual([text]);
  });

  it("of many different ones a line each", () => {
    const acknowledged = { by: "U0ANNA", at: NOW };
    const [one, two] = revokedAlerts(2, { acknowledged });
    const alerts = [one, two].flatMap((alert) => alert ?? []);
    const lines = over(...alerts.map((alert, index) => (index === 0 ? alert : { ...alert, acknowledged: null })));
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["Acknowledged", "Answered:"]);
  });
});

describe("an alert that its channel refuses, told elsewhere", () => {
  it("says which channel, why and what to do, then the whole alert with its buttons", () => {
    const message = refused([expired]);
    expect(read(message)).toEqual([
      "@owner <!subteam^S0TEAM> The channel <#C0AWAY> does not take alerts (not_in_channel: invite the bot to the channel). Until it does, this is told here.",
      ...whole(expired),
    ]);
    expect(valuesOf(message)).toHaveLength(4);
  });

  it.each([
    [0, "this is told here."],
    [1, "this is told here. One more alert waits with this: /wa-token status."],
    [12, "this is told here. 12 more alerts wait with this: /wa-token status."],
  ])("counts the %i others of its group", (more, end) => {
    expect(read(refused([expired], more))[0]?.endsWith(end)).toBe(true);
  });

  it("repeats a word that nobody knows as it is, and nothing that calls anybody", () => {
    expect(read(refused([expired], 0, "no_such_word"))[0]).toContain("(no_such_word)");
    expect(refused([expired], 0, "<!channel>").text).toContain("(&lt;!channel&gt;)");
  });

  it("says how it ended when that was not told either", () => {
    const alert = { ...expired, resolvedAt: after(HOUR), resolution: "recovered", verdict: aVerdict() } as const;
    expect(read(refused([alert]))).toContain("Fixed: orders-prod. The token is healthy again.");
    expect(refused([alert]).text).not.toContain("<@");
    expect(refused([alert]).attachments).toMatchObject([{ color: "#2eb67d" }]);
  });

  it("is a list when there are many, with each channel's refusal once", () => {
    expect(read(refused(revokedAlerts(2), 3))).toEqual([
      "<@U0OWNER0> <@U0OWNER1> 2 alerts could not be told where they belong; until they can, they are told here. 6 more alerts wait with this: /wa-token status.",
      "The channel <#C0AWAY> does not take alerts (not_in_channel: invite the bot to the channel).",
      "Somebody revoked it.",
      "What to do:",
      "1. Find out who revoked it.",
      "• shop-0: revoked. 100000000002001. Used by checkout, crm. Owner: <@U0OWNER0>.",
      "• shop-1: revoked. 100000000002001. Used by checkout, crm. Owner: <@U0OWNER1>.",
    ]);
    expect(valuesOf(refused(revokedAlerts(2)))).toEqual(["alert-0 alert-1", "alert-0 alert-1"]);
  });

  it("says first that it lasts when people were told of it before", () => {
    const again = { spokeAt: after(HOUR) };
    expect(read(refused([{ ...expired, ...again }]))[0]).toMatch(
      /^@owner <!subteam\^S0TEAM> Still not fixed: orders-prod\. The channel/,
    );
    expect(read(refused(revokedAlerts(2, again)))[0]).toMatch(/> Still not fixed: 2 alerts could not be told/);
    const [one, two] = revokedAlerts(2);
    const alerts = [one, two].flatMap((alert, index) =>
      alert === undefined ? [] : [index === 0 ? { ...alert, ...again } : alert],
    );
    expect(read(refused(alerts))[0]).not.toContain("Still not fixed");
    const ended = { ...again, resolvedAt: after(HOUR), resolution: "recovered" } as const;
    expect(read(refused([{ ...expired, ...ended }]))[0]).toMatch(/^The channel/);
  });

  it("lists all that one note names as it lists many notes", () => {
    const [alert, ...others] = revokedAlerts(3);
    if (alert === undefined) throw new Error("there is none");
    const body = { kind: "refused_channel", channel: "C0AWAY", error: "is_archived", more: 0 } as const;
    const listing = noteMessage([aNote({ ...body, alert, others })], "UTC");
    expect(read(listing)).toEqual(read(refused([alert, ...others], 0, "is_archived")));
  });

  it("names five channels and counts the rest", () => {
    const notes = revokedAlerts(7).map((alert, index) =>
      aNote({ kind: "refused_channel", alert, others: [], channel: `C${index}`, error: "is_archived", more: 0 }),
    );
    expect(read(noteMessage(notes, "UTC")).slice(5, 7)).toEqual([
      "The channel <#C4> does not take alerts (is_archived).",
      "And 2 more channels: /wa-token status.",
    ]);
  });
});

it("a message needs something to say", () => {
  expect(() => noteMessage([], "UTC")).toThrow(RangeError);
});
