import { storeOf } from "../support/records.ts";
import { describe, expect, it } from "vitest";
import type { WatchRecord } from "../../../src/watch/ports.ts";
import { type Alert, NEW_WATCH, type WatchState } from "../../../src/alert/alert.ts";
import type { SlackDeps } from "../../../src/slack/requests/deps.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import {
  aCard,
  after,
  aFailure,
  aFinding,
  anAlert,
  anEvidence,
  anExpiring,
  aVerdict,
  NOW,
} from "../../support/builders.ts";
import { anEntry } from "../support/history.ts";
import { createHarness, only, written } from "../support/harness.ts";
import { bookOf } from "../../../src/watch/watch-book.ts";

const DAY_MS = 86_400_000;

const record = (name: string, state: Partial<WatchState> = {}, fields: Partial<WatchRecord> = {}): WatchRecord => ({
  name,
  state: { ...NEW_WATCH, ...state },
  checkedAt: NOW,
  nextDueAt: after(900_000),
  owed: false,
  undelivered: null,
  ...fields,
});

const judged = (name: string, verdict: Verdict, fields: Partial<WatchRecord> = {}) => record(name, { verdict }, fields);
const listed = (name: string, sourceNote: string | null = null) => ({ ...aCard({ name }), sourceNote });

const ask = async (
  text: string,
  records: readonly WatchRecord[],
  cards = records.map(({ name }) => listed(name)),
  overrides: Partial<SlackDeps> = {},
) => {
  const harness = createHarness({ ...storeOf(records), cards: bookOf(cards), ...overrides });
  await harness.command(text);
  const answer = only(harness, "respond");
  return { answer, text: answer.text ?? "", blocks: written(answer.blocks) };
};

const alerted = (alert: Partial<Alert> = {}, fields: Partial<WatchRecord> = {}) => {
  const open = anAlert(alert);
  return record("orders", { verdict: open.verdict, alert: open }, fields);
};

const failing = { failure: aFailure(), since: after(-DAY_MS), tries: 7 };

describe("/wa-token status", () => {
  const app = { app: "42", percent: 82, watches: 1_200, intervalMs: 26 * 60_000 };
  it.each<[string, ReturnType<NonNullable<SlackDeps["paces"]>>, string | undefined]>([
    [
      "paused",
      [{ ...app, pace: { kind: "paused", until: after(60_000) } }],
      "*Meta's limit* for the app `42` is reached. The bot does not check its 1,200 tokens until 22 Nov 2026, 08:01 UTC",
    ],
    [
      "reduced",
      [{ ...app, pace: { kind: "reduced", percent: 82, perHour: 9 } }],
      "*Meta's limit* for the app `42` is near: 82 % of it is used. It allows a check of its 1,200 tokens every 26 minutes. New and expiring tokens, and those with a new problem, come first",
    ],
    [
      "trying",
      [{ ...app, pace: { kind: "trying", after: "pause" } }],
      "*Meta's limit* for the app `42` was reached. The bot checks one token, and the others when Meta answers",
    ],
    [
      "trying, because nobody asked for an hour",
      [{ ...app, percent: null, pace: { kind: "trying", after: "high share" } }],
      "*Meta's limit* for the app `42` was near more than an hour ago. The bot checks one token, and the others when Meta answers",
    ],
    ["normal", [{ ...app, pace: { kind: "normal" } }], undefined],
  ])("says when a limit of Meta holds checks back: %s", async (_name, paces, said) => {
    const { text } = await ask("status", [judged("orders", aVerdict())], undefined, { paces: () => paces });
    expect(
      text
        .split("\n")
        .find((line) => line.includes("Meta's limit"))
        ?.replace(/^⚠️ /u, ""),
    ).toBe(said);
  });

  it("lists the worst first, then the earliest expiry", async () => {
    const { answer, text } = await ask("status", [
      judged("h-healthy", aVerdict()),
      judged("e-later", anExpiring("30d", after(20 * DAY_MS))),
      judged("d-degraded", aVerdict({ findings: [aFinding("scope_missing")] })),
      record("u-unknown"),
      judged("e-sooner", anExpiring("7d", after(5 * DAY_MS))),
      judged("x-dead", aVerdict({ findings: [aFinding("expired")] })),
      record("a-failing", { verdict: aVerdict(), failing }),
    ]);
    const order = [...text.matchAll(/^\*([\w-]+)\*: \S+ (\w+)/gm)].map(
      ([, name, word]) => `${name ?? ""} ${word ?? ""}`,
    );
    expect(order).toEqual([
      "x-dead Expired",
      "d-degraded Degraded",
      "e-sooner Expiring",
      "e-later Expiring",
      "u-unknown Unknown",
      "a-failing Healthy",
      "h-healthy Healthy",
    ]);
    expect(answer).toMatchObject({ response_type: "ephemeral" });
  });

  it("shows the expiry, the last answer with its call, and the next check", async () => {
    const { text, blocks } = await ask("status", [judged("orders", anExpiring("7d", after(5 * DAY_MS)))]);
    expect(text).toContain(
      "5 days left, expires 27 Nov 2026, 08:00 UTC\nLast answer from Meta 22 Nov 2026, 08:00 UTC (GET /debug_token) · next check 22 Nov 2026, 08:15 UTC",
    );
    expect(blocks).toContain("▓░░░░░░░░░ 5 days left, expires <!date");
    expect(text).not.toContain("▓");
  });

  it("dates the last answer by the call that was answered last, not by an older proof", async () => {
    const proved = anEvidence({ call: "GET /1002", at: after(-DAY_MS) });
    const finding = aFinding("phone_unreachable", { evidence: proved, notRecheckedSince: after(-DAY_MS) });
    const verdict = aVerdict({ findings: [finding], evidence: proved, answer: anEvidence() });
    expect((await ask("status", [judged("orders", verdict)])).text).toContain(
      "last answer from Meta 22 Nov 2026, 08:00 UTC (GET /debug_token)",
    );
    expect((await ask("status", [judged("orders", { ...verdict, answer: null })])).text).toContain(
      "Last answer from Meta 21 Nov 2026, 08:00 UTC (GET /1002)",
    );
  });

  it("sorts a watch with failing checks next to the unknown ones, and marks its state", async () => {
    const healthy = aVerdict();
    const alert = anAlert({ kind: "not_checked", verdict: healthy, failing });
    const { text } = await ask("status", [
      judged("h-healthy", healthy),
      record("a-overdue", { verdict: healthy, failing, alert }),
      record("b-failing", { verdict: healthy, failing }),
      record("u-unknown"),
      record("z-over", { verdict: healthy, alert: { ...alert, resolvedAt: NOW } }),
    ]);
    const order = [...text.matchAll(/^\*([\w-]+)\*: (.*)$/gm)].map(
      ([, name, words]) => `${name ?? ""}: ${words ?? ""}`,
    );
    expect(order).toEqual([
      "a-overdue: ✅ Healthy (last answer from Meta 22 Nov 2026, 08:00 UTC)",
      "u-unknown: ❔ Unknown",
      "b-failing: ✅ Healthy (last answer from Meta 22 Nov 2026, 08:00 UTC)",
      "h-healthy: ✅ Healthy",
      "z-over: ✅ Healthy",
    ]);
  });

  it("does not say that a revoked token never ends", async () => {
    const { text } = await ask("status", [judged("orders", aVerdict({ findings: [aFinding("revoked")] }))]);
    expect(text).toContain("Had no expiry\nLast answer");
  });

  it("says that nothing is known yet, and when the next check is due", async () => {
    const { text } = await ask("status", [record("orders", {}, { nextDueAt: NOW })]);
    expect(text).toContain("*orders*: ❔ Unknown\nNo successful check yet · next check is due");
  });

  it("shows failing checks, undelivered alerts and sources that are read once", async () => {
    const undelivered = {
      error: "not_in_channel (invite the bot to the channel)",
      channel: "C0123X",
      retryAt: after(60_000),
    };
    const { text } = await ask(
      "status",
      [record("orders", { verdict: aVerdict(), failing }, { undelivered }), record("gone")],
      [listed("orders", "read at start; restart the bot after changing it")],
    );
    expect(text).toContain(
      "No check has succeeded since 21 Nov 2026, 08:00 UTC (7 tries): GET /debug_token was not answered in time.",
    );
    expect(text).toContain(
      "Alert not delivered to <#C0123X> (C0123X): invite the bot to the channel (not_in_channel). Next try 22 Nov 2026, 08:01 UTC",
    );
    expect(text).toContain("read at start; restart the bot after changing it");
    expect(text).toContain("Not in the watchlist of this bot");
  });

  it("shows unreadable rows before healthy watches", async () => {
    const unreadable = "The stored state of watch zebra cannot be read. Restore a backup.";
    const { text } = await ask("status", [record("orders"), { ...record("zebra"), unreadable }]);
    expect(text).toContain(`The bot does not check this token: ${unreadable}`);
    expect(text.indexOf("zebra")).toBeLessThan(text.indexOf("orders"));
  });

  it("shows twenty in full and the others by name", async () => {
    const { blocks, answer } = await ask(
      "status",
      Array.from({ length: 33 }, (_, index) => record(`w-${index}`)),
    );
    expect(blocks.match(/\*w-\d+\*/g)).toHaveLength(20);
    expect(new Set(blocks.match(/w-\d+/g)).size).toBe(33);
    expect(blocks).toContain(
      "To see one token, use `/wa-token status NAME`. To see open alerts only, use `/wa-token status open`.",
    );
    expect(answer.text).toMatch(/^❔ 33 of 33 tokens not checked yet/);
  });

  it("names several hundred, with the state of their alerts", async () => {
    const dead = aVerdict({ findings: [aFinding("revoked")] });
    const ill = (name: string, alert: Partial<Alert>) => {
      const open = anAlert({ id: name, card: aCard({ name }), verdict: dead, ...alert });
      return record(name, { verdict: dead, alert: open });
    };
    const records = [
      ...Array.from({ length: 150 }, (_, index) => ill(`a-${index}`, {})),
      ...Array.from({ length: 50 }, (_, index) => ill(`b-${index}`, { acknowledged: { by: "U1", at: NOW } })),
      ...Array.from({ length: 50 }, (_, index) =>
        ill(`c-${index}`, { snoozed: { by: "U1", at: NOW, until: after(1), reason: "" } }),
      ),
      ...Array.from({ length: 150 }, (_, index) => judged(`d-${index}`, aVerdict())),
      record("e-0", { verdict: aVerdict(), failing }),
    ];
    const { text, blocks } = await ask("status", records);
    for (const shown of [text, blocks]) {
      expect(new Set(shown.match(/\b[a-e]-\d+/g)).size).toBe(401);
      for (const label of [
        "*⛔ Revoked, critical alert open*: a-",
        "*⛔ Revoked, acknowledged*: b-0, b-1,",
        "*⛔ Revoked, snoozed*: c-0, c-1,",
        "*✅ Healthy, not re-checked*: e-0",
        "*✅ Healthy*: d-0, d-1,",
      ])
        expect(shown).toContain(label);
    }
  });

  it("lists only watches with an open alert on request", async () => {
    const records = [...["fine", "well"].map((name) => judged(name, aVerdict())), alerted()];
    const { text } = await ask("status OPEN", records);
    expect(text).toMatch(/^1 open alert\n\*orders\*: ⚠️ Degraded/);
    expect(text).not.toContain("fine");
    expect((await ask("status open", records.slice(0, 2))).text).toBe(
      "No alert is open. To see every token, use `/wa-token status`.",
    );
    expect((await ask("status open", [...records, record("open")])).text).toMatch(/^open · ❔ Unknown/);
  });

  it("shows which places refuse messages, above everything else", async () => {
    const { text, blocks } = await ask("status", [judged("orders", aVerdict())], undefined, {
      ...storeOf(
        [judged("orders", aVerdict())],
        [{ watch: null, kind: "digest", channel: "C0SHOP", error: "is_archived", urgent: false }],
      ),
    });
    for (const shown of [text, blocks])
      expect(shown).toContain("*Not delivered* to <#C0SHOP> (C0SHOP): is_archived. Waiting: a digest");
    expect(text.indexOf("Not delivered")).toBeLessThan(text.indexOf("*orders*"));
  });

  it("says that no watch exists", async () => {
    const { text } = await ask("status", []);
    expect(text).toMatch(/^This bot watches no token yet/);
  });
});

describe("/wa-token status NAME", () => {
  it("shows everything about one watch, with its findings and their evidence", async () => {
    const { text, blocks } = await ask("status Orders", [
      judged(
        "orders",
        aVerdict({ findings: [aFinding("scope_missing", { objects: ["a"] }), aFinding("not_system_user")] }),
      ),
      record("other"),
    ]);
    expect(text).toMatch(/^orders · ⚠️ Degraded: lacks 1 permission\. The token lacks the permission `a`\./);
    for (const part of [
      "orders · ⚠️ Degraded: lacks 1 permission",
      "*Warning:* This is not a system user's token.",
      "Evidence: GET /debug_token, HTTP 200",
      "*Read from* variable ORDERS_TOKEN",
      "*Used by* checkout and crm",
      "<@U0123456789>",
      "<#C0123456789>",
      `"action_id":"check.open"`,
    ])
      expect(blocks).toContain(part);
  });

  it("shows a watch without an answer", async () => {
    const { text } = await ask("status orders", [record("orders", { failing })]);
    expect(text).toMatch(
      /^orders · ❔ Unknown: no successful check yet\.\nNo check has succeeded since .*\nWhat to do: Nothing\. The bot checks again automatically\.\n/,
    );
  });

  it("shows failing checks before the older answer, which is in the past tense", async () => {
    const healthy = aVerdict({
      evidence: anEvidence({ at: after(-DAY_MS) }),
      answer: anEvidence({ at: after(-DAY_MS) }),
    });
    const { text, blocks } = await ask("status orders", [record("orders", { verdict: healthy, failing })]);
    expect(text.split("\n").slice(0, 4)).toEqual([
      "orders · ✅ Healthy: works and never expires, not everything checked (last answer from Meta 21 Nov 2026, 08:00 UTC).",
      "No check has succeeded since 21 Nov 2026, 08:00 UTC (7 tries): GET /debug_token was not answered in time.",
      "What to do: Nothing. The bot checks again automatically.",
      "The token worked. Not checked: whether the token reaches a phone number or WhatsApp account (no ID is set).",
    ]);
    expect(blocks).toMatch(
      /orders · ✅ Healthy.*\(last answer from Meta 21 Nov 2026, 08:00 UTC\).*No check has succeeded since.*The token worked/,
    );
    expect(text + blocks).not.toMatch(/The token (works|is alive)/);
  });

  it("does not call a watch with an unread id healthy", async () => {
    const asset = { kind: "phone", id: "1002", name: null, reach: "not_known", sending: null } as const;
    const verdict = aVerdict({
      assets: [{ ...asset, failure: aFailure({ kind: "throttled" }) }],
      findings: [aFinding("reach_not_checked")],
    });
    for (const command of ["status orders", "status"]) {
      const { text, blocks } = await ask(command, [record("orders", { verdict })]);
      expect(text).toContain("❔ Alive, not fully checked");
      expect(text + blocks).not.toContain("Healthy");
    }
  });

  it("keeps the steps for a known problem while checks fail", async () => {
    const verdict = aVerdict({ findings: [aFinding("scope_missing", { objects: ["a"] })] });
    const ours = { ...failing, failure: aFailure({ kind: "misconfigured" as const }) };
    const { text, blocks } = await ask("status orders", [record("orders", { verdict, failing: ours })]);
    for (const shown of [text, blocks.replaceAll("*", "")])
      for (const part of [
        "Correct the ID and secret of the Meta app in the bot's configuration.",
        "Last answer from Meta: The token lacks the permission `a`.",
        "What to do about the last answer",
        "Generate a new token that also has `a`.",
      ])
        expect(shown).toContain(part);
  });

  it("keeps no older advice while Meta blocks the app", async () => {
    const findings = [
      aFinding("scope_missing", { objects: ["a"] }),
      aFinding("waba_unreachable"),
      aFinding("scope_extra", { severity: "info" }),
    ];
    const verdict = aVerdict({ findings, token: { expiry: { kind: "at", at: after(DAY_MS) } } });
    const blocked = {
      ...failing,
      failure: aFailure({ kind: "app_blocked" as const, message: "Meta has blocked it." }),
    };
    const { text, blocks } = await ask("status orders", [record("orders", { verdict, failing: blocked })]);
    for (const shown of [text, blocks]) {
      expect(shown).toMatch(/Open the app in the App Dashboard/);
      expect(shown).toContain("The token lacks the permission `a`.");
      expect(shown).not.toMatch(/generate|assign|next token|avoid this end/i);
    }
  });

  it("answers an unknown name with the existing names", async () => {
    const { text } = await ask("status nope", [record("orders")]);
    expect(text).toBe("No watch is called `nope`. Try one of these: `orders`.");
  });
});

describe.each(["status", "status orders"])("/wa-token %s", (text) => {
  const HELD = "Quiet hours hold the alert back until 22 Nov 2026, 09:00 UTC";
  const quietUntil = () => after(3_600_000);
  const warning = { verdict: aVerdict({ findings: [aFinding("expires_soon")] }) };
  const undelivered = { error: "not_in_channel", channel: "C0123X", retryAt: after(60_000) };

  it("shows the start of the alert, the acknowledgement, and the snooze with end and reason", async () => {
    const snoozed = { by: "U0BEN", at: NOW, until: after(3_600_000), reason: "rotation <!here>" };
    const alert = alerted({ acknowledged: { by: "U0ANNA", at: after(-DAY_MS) }, snoozed, escalatedAt: NOW });
    const answer = await ask(text, [alert]);
    for (const part of [
      "Alert open since 22 Nov 2026, 08:00 UTC, severity critical",
      "Escalated 22 Nov 2026, 08:00 UTC: nobody responded\n",
      "Acknowledged by <@U0ANNA>, 21 Nov 2026, 08:00 UTC",
      "Snoozed by <@U0BEN> until 22 Nov 2026, 09:00 UTC. Reason: “rotation &lt;!here&gt;”",
    ])
      expect(answer.text).toContain(part);
    expect(answer.blocks).toContain("Acknowledged by <@U0ANNA>");
  });

  it.each<[string | null, string]>([
    [null, "Slack does not have the escalation yet\n"],
    [
      "is_archived (choose another channel)",
      "<#C0BOSSES> (C0BOSSES) refused the escalation: choose another channel (is_archived)",
    ],
  ])("does not say that it is escalated while Slack lacks the escalation: %s", async (error, words) => {
    const alert = alerted({ escalatedAt: NOW, acknowledged: { by: "U0ANNA", at: NOW } });
    const told = async (watch: string): Promise<string> => {
      const waiting = { watch, kind: "escalation", channel: "C0BOSSES", error, urgent: true } as const;
      return (await ask(text, [alert], undefined, storeOf([alert], [waiting]))).text;
    };
    expect(await told("orders")).toContain(words);
    expect(await told("other")).toContain("nobody responded\n");
  });

  it("does not show an ended snooze, nor an ended alert", async () => {
    const snoozed = { by: "U0BEN", at: after(-DAY_MS), until: NOW, reason: "x" };
    expect((await ask(text, [alerted({ snoozed })])).text).not.toContain("Snoozed");
    const over = await ask(text, [alerted({ snoozed, resolvedAt: NOW, acknowledged: { by: "U0BEN", at: NOW } })]);
    expect(over.text).not.toMatch(/open since|Acknowledged/);
  });

  it.each<[boolean, Partial<Alert>, Partial<WatchRecord>]>([
    [true, warning, { owed: true }],
    [false, warning, { owed: false }],
    [false, {}, { owed: true }],
    [false, warning, { owed: true, undelivered }],
  ])("says that quiet hours hold its alert back: %s", async (held, alert, fields) => {
    const quiet = await ask(text, [alerted(alert, fields)], undefined, { quietUntil });
    expect(quiet.text.includes(HELD)).toBe(held);
    expect((await ask(text, [alerted(alert, fields)])).text).not.toContain("quiet hours");
  });
});

describe("the history in /wa-token status NAME", () => {
  it("shows the latest changes of that watch, newest first", async () => {
    const asked: unknown[] = [];
    const entries = [
      anEntry({ reason: "snoozed", cause: null, evidence: null, by: "U0BEN", until: after(DAY_MS), remark: "planned" }),
      anEntry({ at: after(-DAY_MS) }),
    ];
    const history: SlackDeps["history"] = (options) => {
      asked.push(options);
      return Promise.resolve(entries);
    };
    const { text, blocks } = await ask("status ORDERS", [record("orders")], undefined, { history });
    expect(asked).toEqual([{ watch: "orders", limit: 21 }]);
    expect(text.split("\n").slice(-3)).toEqual([
      "*History, newest first*",
      "22 Nov 2026, 08:00 UTC · Snoozed by <@U0BEN> until 23 Nov 2026, 08:00 UTC. Reason: “planned”",
      "21 Nov 2026, 08:00 UTC · New problem: Healthy → Degraded. The token lacks a permission. (GET /debug_token, HTTP 200)",
    ]);
    expect(blocks).toMatch(/History, newest first.*Snoozed by <@U0BEN>.*Healthy → Degraded/);
  });

  it("is twenty entries, and says when there are older ones", async () => {
    const told = async (count: number, cause: string) => {
      const entries = Array.from({ length: count }, (_, index) =>
        anEntry({ at: after(-index), cause: { kind: "text", text: cause } }),
      );
      const history = () => Promise.resolve(entries);
      return ask("status orders", [record("orders")], undefined, { history });
    };
    const lines = (shown: string) => shown.match(/Healthy → Degraded/g)?.length;
    const twenty = await told(20, "Short.");
    expect([twenty.text, twenty.blocks].map(lines)).toEqual([20, 20]);
    expect(twenty.text + twenty.blocks).not.toContain("Older entries");
    const more = await told(21, "Short.");
    expect([more.text, more.blocks].map(lines)).toEqual([20, 20]);
    for (const shown of [more.text, more.blocks]) expect(shown).toContain("Older entries are not shown");
    const long = await told(20, "A long sentence. ".repeat(20));
    expect(lines(long.blocks)).toBeGreaterThan(12);
    expect(long.text).toMatch(/\nOlder entries are not shown$/);
  });

  it("is left out when it is empty", async () => {
    expect((await ask("status orders", [record("orders")])).blocks).not.toContain("History");
  });
});
