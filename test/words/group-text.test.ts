import { describe, expect, it } from "vitest";
import type { FailureKind } from "../../src/token/inspection.ts";
import type { Alert } from "../../src/alert/alert.ts";
import { countTexts, groupText, type GroupTimes, sharedCause } from "../../src/words/group-text.ts";
import { listHeadline, sameForAll, standingOf } from "../../src/words/shared-text.ts";
import { rich } from "../../src/guide/rich-text.ts";
import { alertsWorstFirst } from "../../src/words/worst-first.ts";
import { aCard, aFailure, aFinding, after, aVerdict, NOW } from "../support/builders.ts";
import { revokedAlerts, uncheckedAlerts } from "../slack/support/group.ts";
import { read } from "./support/read.ts";

const HOUR = 3_600_000;
const T8 = "2026-11-22 08:00 UTC";
const APP = "of the app Orders (ID 100000000000042)";

const isOpen = ({ resolvedAt }: Alert): boolean => resolvedAt === null;
const openOf = (alerts: readonly Alert[]): readonly Alert[] => alertsWorstFirst(alerts.filter(isOpen));
const textOf = (alerts: readonly Alert[], times: Partial<GroupTimes> = {}) => {
  const { standing, headline, ...lists } = groupText({ openedAt: NOW, leftAt: null, ...times }, alerts, openOf(alerts));
  return {
    standing,
    headline: read(headline),
    impact: read(lists.impact),
    cause: lists.cause.map(read),
    steps: lists.steps.map(read),
    counts: lists.counts.map(read),
    times: lists.times.map(read),
  };
};
const countsOf = (...alerts: readonly Alert[]): readonly string[] => countTexts(alerts, openOf(alerts)).map(read);

const ended = (alerts: readonly Alert[], resolution: "recovered" | "unwatched" = "recovered"): readonly Alert[] =>
  alerts.map((alert) => ({ ...alert, verdict: aVerdict(), resolution, resolvedAt: after(2 * HOUR) }));

const failing = (kind: FailureKind, count = 2) =>
  uncheckedAlerts(count, { failing: { failure: aFailure({ kind }), since: NOW, tries: 3 } });
const ofApp = (alerts: readonly Alert[], appId: string) =>
  alerts.map((alert) => ({ ...alert, card: aCard({ appId }) }));

const unread = { since: NOW, tries: 4, readAt: null, lasting: true };
const partly = aVerdict({
  assets: [{ kind: "phone", id: "1", name: null, reach: "not_known", sending: null, failure: aFailure(), unread }],
});

describe("a message about many alerts", () => {
  it("gives number, app, cause, steps, start and evidence", () => {
    expect(textOf(revokedAlerts(2))).toEqual({
      standing: "critical",
      headline: `🔴 2 tokens ${APP}: revoked`,
      impact: "checkout and crm cannot send WhatsApp messages.",
      cause: ["Each token was revoked."],
      steps: [
        "1. Generate a new system user token for each watch below.",
        "2. Save each new token where its app and this bot read it. Restart each app that reads its token only at start.",
        '3. Press "Check all now" to confirm.',
        "Afterwards: Find out who revoked the old tokens.",
      ],
      counts: [],
      times: [
        `Alerts open since ${T8}, severity critical.`,
        `shop-0: seen ${T8} by GET /debug_token, HTTP 200, trace Atrace.`,
      ],
    });
  });

  it("blames no token when checks failed", () => {
    expect(textOf(uncheckedAlerts(2))).toEqual({
      standing: "warning",
      headline: "🟠 2 tokens could not be checked: Meta did not answer",
      impact: "This bot cannot watch these tokens now. checkout and crm may still work.",
      cause: [`Checks have failed since ${T8}: Graph did not answer within 5 s.`],
      steps: ["What to do: Nothing. The bot checks again automatically."],
      counts: [],
      times: [
        `Alerts open since ${T8}, severity warning.`,
        `shop-0: tried ${T8} by GET /debug_token, no answer, trace Atrace.`,
      ],
    });
  });

  it.each<[string, readonly Alert[], string]>([
    ["a limit", failing("throttled"), "🟠 2 tokens could not be checked: Meta limits how often the bot may ask"],
    ["a setting", failing("misconfigured"), "🟠 2 tokens could not be checked: Meta refuses a setting of this bot"],
    [
      "a setting for one app",
      ofApp(failing("misconfigured"), "42"),
      "🟠 2 tokens could not be checked: Meta refuses a setting of this bot (app 42)",
    ],
    [
      "a blocked app",
      ofApp(failing("app_blocked"), "42"),
      "🟠 2 tokens could not be checked: Meta has blocked or deleted the app (app 42)",
    ],
    ["unreadable answers", failing("malformed"), "🟠 2 tokens could not be checked: Meta's answers could not be read"],
    [
      "their sources",
      failing("unreadable"),
      "🟠 2 tokens could not be checked: the tokens could not be read at their sources",
    ],
    [
      "several failures of one outage",
      [...failing("throttled"), ...failing("malformed")],
      "🟠 4 tokens could not be checked: Meta gave no usable answer",
    ],
    [
      "no known failure",
      uncheckedAlerts(1, { failing: null }),
      "🟠 1 token could not be checked: Meta gave no usable answer",
    ],
    ["several apps", [...revokedAlerts(1), ...ofApp(revokedAlerts(1), "1")], "🔴 2 tokens: revoked"],
    ["one that is left", [...revokedAlerts(1), ...ended(revokedAlerts(4))], `🔴 1 token ${APP}: revoked`],
    [
      "several states",
      [...revokedAlerts(2), ...revokedAlerts(1, { verdict: aVerdict({ findings: [aFinding("scope_missing")] }) })],
      `🔴 3 tokens ${APP}: 2 revoked, 1 degraded`,
    ],
    [
      "no name of the app",
      revokedAlerts(1, {
        card: aCard({ appId: "42" }),
        verdict: aVerdict({ findings: [aFinding("revoked")], token: { appName: null } }),
      }),
      "🔴 1 token of the app 42: revoked",
    ],
    [
      "IDs that were not read",
      uncheckedAlerts(2, { verdict: partly, failing: null }),
      `🟠 2 tokens ${APP}: alive, not fully checked`,
    ],
  ])("names the cause in its headline: %s", (_name, alerts, headline) => {
    expect(textOf(alerts).headline).toBe(headline);
  });

  it("about IDs that were not read names the first ones and the remedy", () => {
    expect(textOf(uncheckedAlerts(2, { verdict: partly, failing: null }))).toMatchObject({
      cause: ["Phone number 1 has never been checked: Meta did not answer."],
      steps: ["What to do: Nothing. The bot checks again automatically."],
    });
  });

  it("of a blocked app asks for no token", () => {
    const { cause, steps } = textOf(failing("app_blocked"));
    expect([...cause, ...steps].join(" ")).not.toMatch(/generate|assign|nothing is known/i);
    expect(steps[0]).toContain("Open the app in the App Dashboard");
  });

  it("says that no call was made for values that cannot be tokens", () => {
    const verdict = aVerdict({ findings: [aFinding("not_a_token")], evidence: null });
    expect(textOf(revokedAlerts(2, { verdict })).times[1]).toBe(
      `shop-0: seen ${T8} in the value itself. No call was made.`,
    );
  });

  it("stays on one line for each sentence, with any foreign text", () => {
    const hostile = "<!channel>\n<https://evil.example|fine>";
    const verdict = aVerdict({ findings: [aFinding("revoked")], token: { appName: hostile } });
    const alerts = revokedAlerts(2, { card: aCard({ name: hostile, appId: hostile }), verdict });
    expect(JSON.stringify([textOf(alerts), textOf(ended(alerts))])).not.toContain("\\n");
  });
});

describe("the counts of a message about many alerts", () => {
  const by = { by: "U0ANNA", at: NOW };
  const later = { by: "U0BEN", at: after(HOUR) };
  const snoozed = (at: Date) => ({ by: "U0BEN", at, until: after(HOUR), reason: "planned" });
  const one = (fields: Partial<Alert> = {}) => revokedAlerts(1, fields);
  const many = (count: number, fields: Partial<Alert> = {}) => revokedAlerts(count, fields);

  it.each<[string, readonly Alert[], readonly string[]]>([
    ["none", many(2), []],
    [
      "all kinds",
      [...ended(one()), ...many(2, { acknowledged: by }), ...many(3, { snoozed: snoozed(NOW) })],
      [
        "Fixed so far: 1 of 6.",
        `Taken: 2 of 5, by U0ANNA, ${T8}.`,
        "Snoozed: 3 of 5, by U0BEN, until 2026-11-22 09:00 UTC. Reason: “planned”",
      ],
    ],
    [
      "taken by several people, with the latest time",
      [...one({ acknowledged: by }), ...one({ acknowledged: later })],
      ["Taken: all 2, by U0ANNA and U0BEN, latest 2026-11-22 09:00 UTC."],
    ],
    ["taken, the only one", one({ acknowledged: by }), [`Taken: 1 of 1, by U0ANNA, ${T8}.`]],
    [
      "snoozed one by one",
      [...one({ snoozed: snoozed(NOW) }), ...one({ snoozed: snoozed(after(1)) })],
      ["Snoozed: all 2, by U0BEN."],
    ],
    ["checked", [...one(), ...one({ checked: later })], ["Last checked by U0BEN, 2026-11-22 09:00 UTC."]],
    ["no longer watched", [...one(), ...ended(one(), "unwatched")], ["Ended so far: 1 of 2."]],
    // The headline says it.
    ["all over", ended(many(2)), []],
  ])("say what people did: %s", (_name, alerts, lines) => {
    expect(countsOf(...alerts)).toEqual(lines);
  });
});

describe("a message about many alerts that are over", () => {
  it.each<[string, readonly Alert[], string]>([
    ["all were", ended(revokedAlerts(3)), `✅ Fixed: all 3 tokens ${APP} work`],
    ["the only one was", ended(revokedAlerts(1)), `✅ Fixed: the token ${APP} works`],
    [
      "some were",
      [...ended(revokedAlerts(2)), ...ended(revokedAlerts(1), "unwatched")],
      `✅ Ended: 2 tokens ${APP} fixed, 1 removed from the watchlist`,
    ],
    ["none was", ended(revokedAlerts(2), "unwatched"), "✅ No longer watched: 2 tokens removed from the watchlist"],
    ["none is here", [], "✅ Every alert moved to another message, because its cause changed"],
    [
      "all were, not fully checked",
      ended(revokedAlerts(2)).map((alert) => ({ ...alert, verdict: partly })),
      `✅ Fixed: all 2 tokens ${APP} work, 2 of them not fully checked`,
    ],
    [
      "the only one was, not fully checked",
      ended(revokedAlerts(1)).map((alert) => ({ ...alert, verdict: partly })),
      `✅ Fixed: the token ${APP} is alive, not fully checked`,
    ],
  ])("says how they ended when %s fixed", (_name, alerts, headline) => {
    const text = textOf(alerts);
    expect(text).toMatchObject({ standing: "over", headline, steps: [], counts: [] });
  });

  it("names the ended alerts, those not fully checked, and the duration", () => {
    const [one, two] = ended(revokedAlerts(2));
    const alerts = [one, two].flatMap((alert, index) =>
      alert === undefined ? [] : [index === 0 ? alert : { ...alert, verdict: partly }],
    );
    expect(textOf(alerts)).toMatchObject({
      cause: ["Tokens: shop-0 and shop-1.", "Alive, not fully checked: shop-1."],
      times: [`Open from ${T8} to 2026-11-22 10:00 UTC (2 hours).`],
    });
  });

  it("counts the names that do not fit", () => {
    const [line = ""] = textOf(ended(revokedAlerts(500))).cause;
    expect(line).toMatch(/^Tokens: shop-0, shop-1, .* and \d+ more\.$/);
    expect(line.length).toBeLessThan(1_100);
  });

  it("shows when the last alert moved to another message", () => {
    expect(textOf([], { leftAt: after(17 * 60_000) }).times[0]).toMatch(/\(17 minutes\)\.$/);
  });
});

describe("what many alerts share", () => {
  it("is the cause and the steps when both are the same for all", () => {
    const [cause, steps] = sameForAll(revokedAlerts(3)).map((lines) => lines.map(read));
    expect(cause).toEqual(["Each token was revoked."]);
    expect(steps).toEqual([
      "1. Generate a new system user token for each watch below.",
      "2. Save each new token where its app and this bot read it. Restart each app that reads its token only at start.",
      '3. Press "Check all now" to confirm.',
      "Afterwards: Find out who revoked the old tokens.",
    ]);
  });

  it("is empty for different causes, and for no alert", () => {
    expect(sameForAll([...revokedAlerts(1), ...uncheckedAlerts(1)])).toEqual([[], []]);
    expect(sameForAll([])).toEqual([[], []]);
  });

  it("is only the steps when only they are the same", () => {
    const later = { failing: { failure: aFailure(), since: after(1), tries: 3 } };
    const [cause, steps] = sameForAll([...uncheckedAlerts(1), ...uncheckedAlerts(1, later)]);
    expect(cause).toEqual([]);
    expect(steps).toHaveLength(1);
  });

  it("has no cause for an alert without one", () => {
    expect(uncheckedAlerts(1, { failing: null }).flatMap(sharedCause)).toEqual([]);
  });

  it.each<[string, readonly Alert[], ReturnType<typeof standingOf>, string]>([
    ["an open critical alert", [...uncheckedAlerts(1), ...revokedAlerts(1)], "critical", "critical"],
    ["an open warning", [...uncheckedAlerts(1), ...ended(revokedAlerts(1))], "warning", "warning"],
    ["fixed ones", ended(revokedAlerts(2)), "over", "✅ Fixed: all 2 alerts"],
    ["a fixed one", ended(revokedAlerts(1)), "over", "✅ Fixed: the alert below"],
    ["removed ones", ended(revokedAlerts(2), "unwatched"), "over", "✅ No longer open: all 2 alerts"],
    ["a removed one", ended(revokedAlerts(1), "unwatched"), "over", "✅ No longer open: the alert below"],
  ])("has the standing and the headline of %s", (_name, alerts, standing, headline) => {
    expect(standingOf(alerts)).toBe(standing);
    expect(read(listHeadline(alerts, (open) => rich`${open}`))).toBe(headline);
  });
});
