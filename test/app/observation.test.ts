import { describe, expect, it, onTestFinished } from "vitest";
import { createObservation } from "../../src/app/observation.ts";
import { NEW_WATCH, type WatchState } from "../../src/alert/alert.ts";
import type { Undelivered } from "../../src/outbox/outbox.ts";
import type { Renewal } from "../../src/renewal/renewal.ts";
import type { Troubles, WatchRecord } from "../../src/watch/ports.ts";
import { configOf } from "../config/environment.ts";
import { readsOf } from "../support/watch-reads.ts";
import { after, anExpiring, aVerdict, NOW } from "../support/builders.ts";
import { RENEWALS } from "../support/renewals.ts";
import { keepLog } from "../support/keep-log.ts";

type Open = ReturnType<typeof createObservation>["open"];
type Observed = Parameters<Open>[0];

const MINUTE = 60_000;

interface World {
  readonly records?: readonly WatchRecord[];
  readonly owed?: readonly Undelivered[];
  readonly renewals?: readonly Renewal[];
  readonly problem?: string;
  readonly requests?: string;
  readonly ping?: () => Promise<void>;
  readonly page?: () => Promise<never>;
  readonly troubles?: (most: number) => Promise<Troubles>;
  readonly progress?: ReturnType<Observed["scheduler"]["progress"]>;
  readonly nextTick?: Date | null;
  readonly paces?: ReturnType<Observed["paces"]>;
  readonly fleets?: Observed["fleets"];
  readonly env?: Readonly<Record<string, string>>;
}

/** A message that waits in the channel C1. */
const owing = (fields: Partial<Undelivered> = {}): Undelivered => ({
  watch: "a",
  kind: "alert",
  channel: "C1",
  error: null,
  urgent: true,
  ...fields,
});

const record = (name: string, fields: Partial<WatchState>): WatchRecord => ({
  name,
  state: { ...NEW_WATCH, ...fields },
  checkedAt: NOW,
  nextDueAt: after(MINUTE),
  owed: false,
  undelivered: null,
});

/** The real operations server for a bot whose parts report the values of the test. */
const observe = async (world: World = {}) => {
  const { log, lines } = keepLog();
  const config = { ...(await configOf(world.env ?? {})), ops: { host: "127.0.0.1", port: 0 } };
  const observation = createObservation(config, { now: () => after(MINUTE), log });
  const reads = readsOf(world.records ?? []);
  const close = await observation.open({
    paces: () => world.paces ?? [],
    fleets: world.fleets ?? { sizes: () => [], troubles: () => [] },
    store: {
      ping: world.ping ?? (() => Promise.resolve()),
      page: world.page ?? reads.page,
      tally: () => reads.tally(),
      troubles: world.troubles ?? (() => Promise.resolve({ failing: [], alsoFailing: 0, unreadable: [] })),
      undelivered: () => Promise.resolve(world.owed ?? []),
      renewals: () => Promise.resolve(world.renewals ?? []),
    },
    slack: { problem: () => world.problem ?? null, requestProblem: () => world.requests ?? null },
    scheduler: {
      progress: () => world.progress ?? { roundEndedAt: NOW, runningSince: null, problem: null },
      nextTick: () => (world.nextTick === undefined ? after(MINUTE) : world.nextTick),
    },
  });
  onTestFinished(close);
  const port = lines.find(({ msg }) => msg === "listening for health and metrics")?.["port"];
  const ask = (path: string) => fetch(`http://127.0.0.1:${String(port)}${path}`, { headers: { connection: "close" } });
  const ready = async () => {
    const reply = await ask("/readyz");
    return { status: reply.status, body: JSON.parse(await reply.text()) };
  };
  return { observation, ready, metrics: async () => (await ask("/metrics")).text(), lines };
};

describe("readiness of the bot", () => {
  it("needs the store, the connection to Slack and a first round", async () => {
    const { ready } = await observe();
    expect(await ready()).toMatchObject({ status: 200, body: { ready: true } });
  });

  it.each<[string, World, string, string]>([
    ["the store does not answer", { ping: () => Promise.reject(new Error("disk is full")) }, "store", "disk is full"],
    [
      "the store cannot be read",
      { troubles: () => Promise.reject(new Error("no such table")) },
      "store",
      "no such table",
    ],
    ["Slack is not linked", { problem: "Slack socket: HTTP 503" }, "slack", "Slack socket: HTTP 503"],
    [
      "no round has ended",
      { progress: { roundEndedAt: null, runningSince: null, problem: null } },
      "rounds",
      "The first round has not ended yet.",
    ],
    ["a round is overdue", { nextTick: after(-5 * MINUTE) }, "rounds", "has not begun"],
    [
      "a round never ends",
      { progress: { roundEndedAt: NOW, runningSince: after(-90 * MINUTE), problem: null } },
      "rounds",
      "has been running since",
    ],
  ])("fails when %s, and the body says so", async (_name, world, check, words) => {
    const { ready } = await observe(world);
    const { status, body } = await ready();
    expect(status).toBe(503);
    expect(body.checks[check]).toEqual({ ok: false, message: expect.stringContaining(words) });
  });

  it("does not depend on a channel that refuses, which is reported once for all its alerts", async () => {
    const refused = owing({ error: "not_in_channel" });
    const { ready } = await observe({
      owed: [
        refused,
        { ...refused, watch: "b" },
        owing({ watch: null, channel: "C2", error: "is_archived" }),
        owing({ channel: "C3" }),
      ],
    });
    const message =
      "Channel C1 did not accept a message: not_in_channel. Channel C2 did not accept a message: is_archived.";
    expect(await ready()).toMatchObject({ status: 200, body: { checks: { channels: { ok: false, message } } } });
  });

  it("does not depend on a watch without an answer from Graph", async () => {
    const failing = [{ watch: "b", message: "Graph did not answer." }];
    const { ready } = await observe({ troubles: async () => ({ failing, alsoFailing: 0, unreadable: [] }) });
    expect(await ready()).toMatchObject({
      status: 200,
      body: { checks: { graph: { ok: false, message: "Watch b could not be inspected: Graph did not answer." } } },
    });
  });

  it("asks the store only for the failing watches that it names", async () => {
    const all = Array.from({ length: 25 }, (_, index) => ({ watch: `shop-${index}`, message: "No answer." }));
    const { ready } = await observe({
      troubles: async (most) => ({ failing: all.slice(0, most), alsoFailing: all.length - most, unreadable: [] }),
    });
    const message = `${all
      .slice(0, 20)
      .map(({ watch }) => `Watch ${watch} could not be inspected: No answer.`)
      .join(" ")} And 5 more.`;
    expect(await ready()).toMatchObject({ status: 200, body: { checks: { graph: { ok: false, message } } } });
  });
});

describe("unreadable rows", () => {
  it("are listed with the store's answer, up to a limit, and the bot is ready for all other rows", async () => {
    const unreadable = ["1", "2", "3", "4", "5", "6", "7"].map((id) => `The stored note ${id} cannot be read.`);
    const { ready } = await observe({ troubles: async () => ({ failing: [], alsoFailing: 0, unreadable }) });
    const message = `The store answers. ${unreadable.slice(0, 5).join(" ")} And 2 more.`;
    expect(await ready()).toMatchObject({ status: 200, body: { checks: { store: { ok: true, message } } } });
  });
});

describe("the metrics of the bot", () => {
  it("show each watch's last answer, and nothing for a watch without an answer", async () => {
    const { metrics } = await observe({
      records: [
        record("ends", { verdict: anExpiring("7d", after(5 * 86_400_000)) }),
        record("never", { verdict: aVerdict() }),
        record("unknown-end", { verdict: aVerdict({ token: { expiry: { kind: "not_known" } } }) }),
        record("new", {}),
      ],
      owed: [owing()],
    });
    const lines = (await metrics()).split("\n");
    const seconds = NOW.getTime() / 1_000;
    expect(lines).toContain(`wa_token_expires_at_seconds{watch="ends"} ${seconds + 5 * 86_400}`);
    expect(lines).toContain('wa_token_expires_at_seconds{watch="never"} +Inf');
    expect(lines).toContain('wa_token_state{watch="ends",state="expiring"} 1');
    expect(lines).toContain('wa_token_state{watch="new",state="unknown"} 1');
    expect(lines).toContain(`wa_token_last_answer_timestamp_seconds{watch="never"} ${seconds}`);
    expect(lines).toContain("wa_token_alerts_undelivered 1");
    expect(lines).toContain(`wa_token_last_round_timestamp_seconds ${seconds}`);
    for (const absent of ['expires_at_seconds{watch="unknown-end"}', 'expires_at_seconds{watch="new"}'])
      expect(lines.join("\n")).not.toContain(absent);
    expect(lines.join("\n")).not.toContain('last_answer_timestamp_seconds{watch="new"}');
  });

  it("count all watches, and give series only to the first METRICS_WATCHES by name", async () => {
    const revoked = { ...aVerdict(), state: "revoked" } as const;
    const { metrics } = await observe({
      records: [
        ...["a", "b", "c"].map((name) => record(name, { verdict: aVerdict() })),
        record("d", { verdict: revoked }),
        record("e", {}),
      ],
      env: { METRICS_WATCHES: "2" },
    });
    const lines = (await metrics()).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        'wa_token_watches{state="healthy"} 3',
        'wa_token_watches{state="revoked"} 1',
        'wa_token_watches{state="unknown"} 1',
        "wa_token_watches_without_series 3",
      ]),
    );
    const named = lines
      .filter((line) => line.startsWith("wa_token_last_answer"))
      .map((line) => /"(.*)"/.exec(line)?.[1]);
    expect(named).toEqual(["a", "b"]);
  });

  const owed = [owing(), owing({ urgent: false }), owing({ watch: null, channel: "C2", urgent: false })];
  it.each([
    ["07:00-09:00", 1, 2],
    ["22:00-07:00", 3, 0],
  ])("with quiet hours of %s count %i messages to send and %i that wait", async (QUIET_HOURS, undelivered, held) => {
    const { metrics } = await observe({ owed, env: { QUIET_HOURS } });
    const lines = (await metrics()).split("\n");
    expect(lines).toContain(`wa_token_alerts_undelivered ${undelivered}`);
    expect(lines).toContain(`wa_token_alerts_held ${held}`);
  });

  it("name the channels that refuse messages, but not those that wait because Slack does not answer", async () => {
    const { metrics } = await observe({
      owed: [
        owing({ error: "not_in_channel (invite the bot to the channel)" }),
        owing({ error: "not_in_channel (invite the bot to the channel)" }),
        owing({ watch: null, channel: "U1", error: "user_disabled" }),
        owing({ channel: "C2", error: "Slack answered HTTP 503" }),
        owing({ channel: "C3", error: "internal_error" }),
        owing({ channel: "C4" }),
      ],
    });
    expect((await metrics()).split("\n").filter((line) => line.startsWith("wa_token_channel_refused{"))).toEqual([
      'wa_token_channel_refused{channel="C1"} 1',
      'wa_token_channel_refused{channel="U1"} 1',
    ]);
  });

  it("report the step of an open renewal, and count an ended one", async () => {
    const { done, saved } = RENEWALS;
    const { observation, metrics } = await observe({
      renewals: [done, saved].filter((renewal) => renewal !== undefined),
    });
    observation.onRenewed({ watch: "orders-prod", outcome: "put_back" });
    observation.onRenewed({ watch: "orders-prod", outcome: null });
    expect((await metrics()).split("\n").filter((line) => line.startsWith("wa_token_renewal"))).toEqual([
      'wa_token_renewal_step{watch="orders-prod",step="read_back"} 1',
      'wa_token_renewals_total{watch="orders-prod",outcome="put_back"} 1',
    ]);
  });

  it("also count events before the first scrape", async () => {
    const { observation, metrics } = await observe();
    observation.onCheck("a", "healthy");
    observation.onCheck("a", "healthy");
    observation.onRequest({ call: "GET /debug_token", seconds: 0.2, outcome: "ok" });
    const text = await metrics();
    expect(text).toContain('wa_token_checks_total{watch="a",outcome="healthy"} 2');
    expect(text).toContain("wa_token_graph_request_duration_seconds_sum 0.2");
  });

  it("leave out values that the store does not return", async () => {
    const { metrics, lines } = await observe({ page: () => Promise.reject(new Error("no such table")) });
    expect(await metrics()).not.toMatch(/^wa_token_(?:state|alerts_undelivered|alerts_held)[{ ]/m);
    expect(lines).toContainEqual(expect.objectContaining({ msg: "the metrics of the watches could not be read" }));
  });
});
