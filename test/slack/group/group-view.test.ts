import type { ActionsBlockElement } from "@slack/types";
import { describe, expect, it } from "vitest";
import { groupMessage } from "../../../src/slack/group/group-view.ts";
import type { Alert } from "../../../src/watch/alert.ts";
import { plainMrkdwn, plainSlack } from "../../docs/plain-slack.ts";
import { aCard, aFailure, aFinding, after, aVerdict, NOW } from "../../support/builders.ts";
import { aGroup, revokedAlerts, uncheckedAlerts } from "../support/group.ts";

const HOUR = 3_600_000;
const shown = (alerts: readonly Alert[]) => groupMessage(aGroup(), alerts, "UTC");
const read = (alerts: readonly Alert[]): readonly string[] => plainMrkdwn(shown(alerts).text).split("\n");

const buttonsOf = (alerts: readonly Alert[]): readonly (ActionsBlockElement & { readonly value?: string })[] =>
  (shown(alerts).attachments[0]?.blocks ?? []).flatMap((block) =>
    block.type === "actions" && "elements" in block ? block.elements : [],
  );
const idsOf = (alerts: readonly Alert[]): readonly (string | undefined)[] =>
  buttonsOf(alerts).map((element) => ("action_id" in element ? element.action_id : undefined));

const ended = (alerts: readonly Alert[], resolution: "recovered" | "unwatched" = "recovered"): readonly Alert[] =>
  alerts.map((alert) => ({ ...alert, verdict: aVerdict(), resolution, resolvedAt: after(2 * HOUR) }));

const notChecked = (kind: "unreachable" | "throttled" | "misconfigured" | "malformed" | "unreadable") => {
  const failing = { failure: aFailure({ kind }), since: NOW, tries: 3 };
  return uncheckedAlerts(2, { failing });
};

describe("one message for many alerts", () => {
  it("says how many, of which app, why, what to do, which, since when, and on what that rests", () => {
    expect(read(revokedAlerts(2))).toEqual([
      "<@U0OWNER0> <@U0OWNER1> Critical: 2 tokens of the app Orders (100000000000042) are revoked.",
      "Somebody revoked it.",
      "What to do:",
      "1. Find out who revoked it.",
      "• shop-0: revoked. 100000000002001. Used by checkout, crm. Owner: <@U0OWNER0>.",
      "• shop-1: revoked. 100000000002001. Used by checkout, crm. Owner: <@U0OWNER1>.",
      "Open since 22 Nov 2026, 08:00 UTC.",
      "shop-0: seen 22 Nov 2026, 08:00 UTC by GET /debug_token, HTTP 200, trace Atrace.",
    ]);
  });

  it("accuses nobody when they could not be checked", () => {
    expect(read(uncheckedAlerts(2))).toEqual([
      "Warning: Graph did not answer; 2 watches could not be checked.",
      "Since 22 Nov 2026, 08:00 UTC: Graph did not answer within 5 s.",
      "What to do: Nothing now; it is asked again by itself.",
      "• shop-0: not checked. 100000000002001. Used by checkout, crm. Owner: U0123456789.",
      "• shop-1: not checked. 100000000002001. Used by checkout, crm. Owner: U0123456789.",
      "Open since 22 Nov 2026, 08:00 UTC.",
      "shop-0: tried 22 Nov 2026, 08:00 UTC by GET /debug_token, no answer, trace Atrace.",
    ]);
  });

  it.each<[string, readonly Alert[], string]>([
    ["a wait that Meta asks for", notChecked("throttled"), "Warning: Meta asks to wait before it is asked again; 2 "],
    ["our credential", notChecked("misconfigured"), "Warning: Meta refuses the settings of the bot; 2 watches could "],
    [
      "the credential of one app",
      notChecked("misconfigured").map((alert) => ({ ...alert, card: aCard({ appId: "42" }) })),
      "Warning: Meta refuses the settings of the bot (app 42); 2 watches could not be checked.",
    ],
    ["answers nobody can read", notChecked("malformed"), "Warning: Graph's answers could not be read; 2 watches "],
    ["their sources", notChecked("unreadable"), "Warning: the tokens could not be read where they are kept; 2 "],
    [
      "several failures of one outage",
      [...notChecked("throttled"), ...notChecked("malformed")],
      "Warning: Graph gave no usable answer; 4 watches could not be checked.",
    ],
    ["nothing that is known", uncheckedAlerts(1, { failing: null }), "Warning: 1 watch could not be checked."],
    [
      "several apps",
      [...revokedAlerts(1), ...revokedAlerts(1, { card: aCard({ appId: "1", owner: undefined }) })],
      "<@U0OWNER0> Critical: 2 tokens are revoked.",
    ],
    [
      "one that is left",
      [...revokedAlerts(1), ...ended(revokedAlerts(4))],
      "<@U0OWNER0> Critical: 1 token of the app Orders (100000000000042) is revoked.",
    ],
    [
      "several states",
      [
        ...revokedAlerts(2, { card: aCard({ owner: undefined }) }),
        ...revokedAlerts(1, {
          card: aCard({ owner: undefined }),
          verdict: aVerdict({ findings: [aFinding("scope_missing")] }),
        }),
      ],
      "Critical: 3 tokens of the app Orders (100000000000042) are in trouble: 2 revoked, 1 degraded.",
    ],
    [
      "no name of the app",
      revokedAlerts(1, {
        card: aCard({ owner: undefined, appId: "42" }),
        verdict: aVerdict({ findings: [aFinding("revoked")], token: { appName: null } }),
      }),
      "Critical: 1 token of the app 42 is revoked.",
    ],
  ])("names the cause in its first line: %s", (_name, alerts, first) => {
    expect(read(alerts)[0]?.startsWith(first)).toBe(true);
  });

  it("has the colour of the worst, and of what is over", () => {
    const colour = (alerts: readonly Alert[]) => shown(alerts).attachments[0]?.color;
    expect(colour([...uncheckedAlerts(2), ...revokedAlerts(1)])).toBe("#d72b3f");
    expect(colour(uncheckedAlerts(2))).toBe("#daa038");
    expect(colour(ended(revokedAlerts(2)))).toBe("#2eb67d");
  });

  it("names twenty, the worst and what nobody acknowledged first, and counts the rest", () => {
    const seen = { acknowledged: { by: "U0ANNA", at: NOW } };
    const lines = read([...revokedAlerts(1, seen), ...revokedAlerts(30).slice(1)]).filter((line) => /^[•…]/.test(line));
    expect(lines).toHaveLength(21);
    expect(lines[0]).toContain("shop-1:");
    expect(lines[19]).toContain("shop-20:");
    expect(lines[20]).toBe("…and 10 more: /wa-token status");
  });

  it("counts those that are over, acknowledged and snoozed, and names who did it", () => {
    const by = { by: "U0ANNA", at: NOW };
    const [one, two, three, ...rest] = revokedAlerts(6);
    const alerts = [
      ...ended(one === undefined ? [] : [one]),
      ...[two, three].flatMap((alert) => (alert === undefined ? [] : [{ ...alert, acknowledged: by }])),
      ...rest.map((alert) => ({ ...alert, snoozed: { ...by, by: "U0BEN", until: after(HOUR), reason: "planned" } })),
    ];
    const lines = read(alerts);
    expect(lines).toContain("Fixed meanwhile: 1 of 6.");
    expect(lines).toContain("Taken by <@U0ANNA>: 2 of 5, 22 Nov 2026, 08:00 UTC.");
    expect(lines).toContain("Snoozed by <@U0BEN>: 3 of 5, until 22 Nov 2026, 09:00 UTC: planned");
    const later = { acknowledged: { by: "U0BEN", at: after(HOUR) } };
    expect(read([...revokedAlerts(1, { acknowledged: by }), ...revokedAlerts(1, later)])).toContain(
      "Taken by <@U0ANNA>, <@U0BEN>: all 2, latest 22 Nov 2026, 09:00 UTC.",
    );
    expect(read([...revokedAlerts(1), ...revokedAlerts(1, { checked: { by: "U0BEN", at: after(HOUR) } })])).toContain(
      "Last checked by <@U0BEN>, 22 Nov 2026, 09:00 UTC.",
    );
    const snoozed = (at: Date) => ({ by: "U0BEN", at, until: after(HOUR), reason: "planned" });
    const apart = [...revokedAlerts(1, { snoozed: snoozed(NOW) }), ...revokedAlerts(1, { snoozed: snoozed(after(1)) })];
    expect(read(apart)).toContain("Snoozed by <@U0BEN>: all 2.");
    expect(read([...revokedAlerts(1), ...ended(revokedAlerts(1), "unwatched")])).toContain("Over meanwhile: 1 of 2.");
  });

  it.each<[string, readonly Alert[], string]>([
    ["all", ended(revokedAlerts(3)), "Fixed: all 3 tokens of the app Orders (100000000000042) are healthy."],
    ["the only one", ended(revokedAlerts(1)), "Fixed: the token of the app Orders (100000000000042) is healthy."],
    [
      "some",
      [...ended(revokedAlerts(2)), ...ended(revokedAlerts(1), "unwatched")],
      "Over: 2 tokens of the app Orders (100000000000042) fixed; 1 token left the watchlist, and nobody looks any more.",
    ],
    [
      "none",
      ended(revokedAlerts(2), "unwatched"),
      "No longer watched: 2 tokens left the watchlist, and nobody looks any more.",
    ],
    ["those that left", [], "Over: the alerts that stood here have another cause by now, and another message."],
  ])("says how it ended when %s were fixed", (_name, alerts, first) => {
    expect(read(alerts)[0]).toBe(first);
    expect(shown(alerts).text).not.toContain("<@");
    expect(idsOf(alerts)).toEqual([]);
  });

  it("says which they were and how long it lasted once it is over", () => {
    expect(read(ended(revokedAlerts(2))).slice(1)).toEqual([
      "It was about shop-0, shop-1.",
      "Open from 22 Nov 2026, 08:00 UTC to 22 Nov 2026, 10:00 UTC (2 hours).",
    ]);
  });

  it("says when the last one left it for another message", () => {
    const group = aGroup({ leftAt: after(17 * 60_000) });
    expect(plainMrkdwn(groupMessage(group, [], "UTC").text)).toMatch(/\(17 minutes\)\.$/);
  });

  it("shows the same to the eyes as its text says", () => {
    const { text, blocks, attachments } = shown(revokedAlerts(3));
    const seen = [plainSlack(blocks), plainSlack(attachments[0]?.blocks ?? []).replace(/\n\[.*$/s, "")];
    expect(seen.join("\n")).toBe(plainMrkdwn(text));
  });

  it("turns no foreign word into a mention or link", () => {
    const hostile = "<!channel> <@U0VICTIM> <https://evil.example|fine>";
    const card = aCard({ name: hostile, consumers: [hostile], phoneNumberId: hostile, appId: hostile, owner: hostile });
    const verdict = aVerdict({
      findings: [aFinding("revoked", { message: hostile, remedy: hostile })],
      token: { appName: hostile },
    });
    expect(JSON.stringify(shown(revokedAlerts(2, { card, verdict })))).not.toMatch(/<!channel|<@U0VICTIM|<https/);
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
  ])("that is %s are these", (_name, alerts, ids) => {
    expect(idsOf(alerts).join(" ")).toBe(ids.replaceAll(/\b(?=[a-z])/g, "alert."));
  });

  it("carry the id of the group, and the topic that the worst leads to", () => {
    expect(buttonsOf(revokedAlerts(2)).map(({ value }) => value)).toEqual([
      "message:group-1",
      "message:group-1",
      "message:group-1",
      "expired shop-0",
    ]);
  });

  it("undo what was done last", () => {
    const last = { by: "U0BEN", at: after(HOUR) };
    const alerts = [...revokedAlerts(1, { acknowledged: by, snoozed }), ...revokedAlerts(1, { acknowledged: last })];
    const values = new Map(
      buttonsOf(alerts).map((element) => ["action_id" in element && element.action_id, element.value]),
    );
    expect(values.get("alert.unacknowledge")).toBe(`message:group-1 ${after(HOUR).toISOString()}`);
    expect(values.get("alert.unsnooze")).toBe(`message:group-1 ${NOW.toISOString()}`);
  });
});
