import perfHooks from "node:perf_hooks";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createMetrics } from "../../src/ops/metrics.ts";
import type { Snapshot } from "../../src/ops/prometheus.ts";
import { NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";

const SECONDS = NOW.getTime() / 1_000;

const EMPTY: Snapshot = {
  watches: [],
  states: new Map(),
  alertsUndelivered: 0,
  alertsHeld: 0,
  channelsRefused: [],
  lastRoundAt: null,
  limits: [],
  fleets: [],
  renewals: [],
};

const watch = (fields: Partial<Snapshot["watches"][number]> = {}): Snapshot["watches"][number] => ({
  name: "orders-prod",
  state: "healthy",
  expiry: { kind: "not_known" },
  answeredAt: NOW,
  ...fields,
});

const setUp = (first: Snapshot = EMPTY) => {
  const { log, lines } = keepLog();
  const current = { snapshot: (): Promise<Snapshot> => Promise.resolve(first) };
  const metrics = createMetrics({ snapshot: () => current.snapshot(), most: 2, log });
  const scrape = async (): Promise<readonly string[]> => (await metrics.render()).body.split("\n");
  return { metrics, scrape, current, lines };
};

describe("the metrics", () => {
  it("report the limits of Meta apps, and no series of what nobody knows", async () => {
    const limits: Snapshot["limits"] = [
      { app: "41", pace: "reduced", percent: 82, intervalMs: 90_000 },
      { app: "42", pace: "trying", percent: null, intervalMs: null },
    ];
    const { scrape, current } = setUp({ ...EMPTY, limits });
    const series = (lines: readonly string[]) =>
      lines.filter((line) => line.startsWith("wa_token_graph_") && line.includes("{app"));
    expect(series(await scrape())).toEqual([
      'wa_token_graph_pace{app="41",pace="normal"} 0',
      'wa_token_graph_pace{app="41",pace="reduced"} 1',
      'wa_token_graph_pace{app="41",pace="trying"} 0',
      'wa_token_graph_pace{app="41",pace="paused"} 0',
      'wa_token_graph_pace{app="42",pace="normal"} 0',
      'wa_token_graph_pace{app="42",pace="reduced"} 0',
      'wa_token_graph_pace{app="42",pace="trying"} 1',
      'wa_token_graph_pace{app="42",pace="paused"} 0',
      'wa_token_graph_used_ratio{app="41"} 0.82',
      'wa_token_graph_interval_seconds{app="41"} 90',
    ]);
    current.snapshot = () => Promise.resolve(EMPTY);
    expect(series(await scrape())).toEqual([]);
  });

  it("report each fleet: the size of its list, once it is known, and whether it fails", async () => {
    const fleets: Snapshot["fleets"] = [
      { fleet: "customers", watches: 1_200, failing: false },
      { fleet: "partners", watches: 3, failing: true },
      { fleet: "new", watches: null, failing: true },
    ];
    const { scrape, current } = setUp({ ...EMPTY, fleets });
    const series = (lines: readonly string[]) => lines.filter((line) => line.startsWith("wa_token_fleet_"));
    expect(series(await scrape())).toEqual([
      'wa_token_fleet_watches{fleet="customers"} 1200',
      'wa_token_fleet_watches{fleet="partners"} 3',
      'wa_token_fleet_failing{fleet="customers"} 0',
      'wa_token_fleet_failing{fleet="partners"} 1',
      'wa_token_fleet_failing{fleet="new"} 1',
    ]);
    current.snapshot = () => Promise.resolve(EMPTY);
    expect(series(await scrape())).toEqual([]);
  });

  it.each<[string, Snapshot["watches"][number]["expiry"], readonly string[]]>([
    ["a date", { kind: "at", at: NOW }, [`wa_token_expires_at_seconds{watch="orders-prod"} ${SECONDS}`]],
    ["never", { kind: "never" }, ['wa_token_expires_at_seconds{watch="orders-prod"} +Inf']],
    ["not known", { kind: "not_known" }, []],
  ])("report the expiry %s", async (_, expiry, expected) => {
    const { scrape } = setUp({ ...EMPTY, watches: [watch({ expiry })] });
    expect((await scrape()).filter((line) => line.startsWith("wa_token_expires_at_seconds"))).toEqual(expected);
  });

  it("report the state and the time of the last answer", async () => {
    const { scrape } = setUp({ ...EMPTY, watches: [watch({ state: "revoked" })] });
    const lines = await scrape();
    const states = lines.filter((line) => line.startsWith("wa_token_state{"));
    expect(states).toHaveLength(7);
    expect(states.filter((line) => line.endsWith(" 1"))).toEqual([
      'wa_token_state{watch="orders-prod",state="revoked"} 1',
    ]);
    expect(lines).toContain(`wa_token_last_answer_timestamp_seconds{watch="orders-prod"} ${SECONDS}`);
  });

  it("report the step of each open renewal, and count the ended ones", async () => {
    const { metrics, scrape, current } = setUp({ ...EMPTY, renewals: [{ watch: "orders-prod", step: "in_use" }] });
    metrics.renewed("orders-prod", "done");
    const ofRenewals = async () => (await scrape()).filter((line) => line.startsWith("wa_token_renewal"));
    const count = 'wa_token_renewals_total{watch="orders-prod",outcome="done"} 1';
    expect(await ofRenewals()).toEqual(['wa_token_renewal_step{watch="orders-prod",step="in_use"} 1', count]);
    current.snapshot = () => Promise.resolve(EMPTY);
    expect(await ofRenewals()).toEqual([count]);
  });

  it("count all watches by state, and the watches without series of their own", async () => {
    const states = new Map([
      ["healthy", 5],
      ["revoked", 1],
    ] as const);
    const { scrape } = setUp({ ...EMPTY, watches: [watch()], states });
    expect(await scrape()).toEqual(
      expect.arrayContaining([
        'wa_token_watches{state="healthy"} 5',
        'wa_token_watches{state="revoked"} 1',
        'wa_token_watches{state="expired"} 0',
        "wa_token_watches_without_series 5",
      ]),
    );
  });

  it("count the checks of watches beyond the limit together", async () => {
    const { metrics, scrape } = setUp();
    for (const name of ["a", "b", "c", "d", "a"]) metrics.checked(name, "healthy");
    expect((await scrape()).filter((line) => line.startsWith("wa_token_checks_total"))).toEqual([
      'wa_token_checks_total{watch="a",outcome="healthy"} 2',
      'wa_token_checks_total{watch="b",outcome="healthy"} 1',
      'wa_token_checks_total{watch="",outcome="healthy"} 2',
    ]);
  });

  it("report a watch without an answer as unknown, without a time", async () => {
    const { scrape } = setUp({ ...EMPTY, watches: [watch({ state: null, answeredAt: null })] });
    const lines = await scrape();
    expect(lines).toContain('wa_token_state{watch="orders-prod",state="unknown"} 1');
    expect(lines.filter((line) => line.startsWith("wa_token_last_answer"))).toEqual([]);
  });

  it("report the outbox and the last round", async () => {
    const { scrape } = setUp({ ...EMPTY, alertsUndelivered: 2, alertsHeld: 3, lastRoundAt: NOW });
    expect(await scrape()).toEqual(
      expect.arrayContaining([
        "wa_token_alerts_undelivered 2",
        "wa_token_alerts_held 3",
        `wa_token_last_round_timestamp_seconds ${SECONDS}`,
      ]),
    );
  });

  it("report channels while they refuse messages", async () => {
    const { scrape, current } = setUp({ ...EMPTY, channelsRefused: ["C1", "C2"] });
    const refused = async () => (await scrape()).filter((line) => line.startsWith("wa_token_channel_refused{"));
    expect(await refused()).toEqual([
      'wa_token_channel_refused{channel="C1"} 1',
      'wa_token_channel_refused{channel="C2"} 1',
    ]);
    current.snapshot = () => Promise.resolve({ ...EMPTY, channelsRefused: ["C2"] });
    expect(await refused()).toEqual(['wa_token_channel_refused{channel="C2"} 1']);
  });

  it("have no time of a round before the first round", async () => {
    const { scrape } = setUp();
    expect((await scrape()).filter((line) => line.startsWith("wa_token_last_round_timestamp_seconds"))).toEqual([]);
  });

  it("count events before and after the first scrape", async () => {
    const { metrics, scrape } = setUp();
    metrics.checked("orders-prod", "healthy");
    metrics.checked("orders-prod", "unknown");
    metrics.graphRequest(0.15);
    await scrape();
    metrics.checked("orders-prod", "healthy");
    metrics.graphRequest(4);
    expect(await scrape()).toEqual(
      expect.arrayContaining([
        'wa_token_checks_total{watch="orders-prod",outcome="healthy"} 2',
        'wa_token_checks_total{watch="orders-prod",outcome="unknown"} 1',
        'wa_token_graph_request_duration_seconds_bucket{le="0.2"} 1',
        'wa_token_graph_request_duration_seconds_bucket{le="5"} 2',
        "wa_token_graph_request_duration_seconds_count 2",
      ]),
    );
  });

  it("lose nothing without a scrape for a long time", async () => {
    const { metrics, scrape } = setUp();
    for (let i = 0; i < 2_500; i++) metrics.checked("orders-prod", "healthy");
    expect(await scrape()).toContain('wa_token_checks_total{watch="orders-prod",outcome="healthy"} 2500');
  });

  it("drop the series of a removed watch", async () => {
    const { scrape, current } = setUp({ ...EMPTY, watches: [watch({ expiry: { kind: "never" } })] });
    await scrape();
    current.snapshot = () => Promise.resolve(EMPTY);
    expect((await scrape()).filter((line) => line.includes("orders-prod"))).toEqual([]);
  });

  it("leave out the watches when the store does not answer, and log that", async () => {
    const { scrape, current, lines } = setUp({ ...EMPTY, watches: [watch()], alertsUndelivered: 1 });
    await scrape();
    current.snapshot = () => Promise.reject(new Error("locked"));
    const scraped = await scrape();
    expect(scraped.filter((line) => /^wa_token_(state|alerts_undelivered)\b/.test(line))).toEqual([]);
    expect(scraped.some((line) => line.startsWith("process_cpu_seconds_total"))).toBe(true);
    expect(lines).toMatchObject([{ level: 40 }]);
  });

  it("of two bots in one process are separate", async () => {
    const [one, other] = [setUp(), setUp()];
    one.metrics.checked("orders-prod", "healthy");
    await one.scrape();
    expect((await other.scrape()).filter((line) => line.startsWith("wa_token_checks_total{"))).toEqual([]);
  });

  it("of the process begin once, and all bots in it have them", async () => {
    const monitored = vi.spyOn(perfHooks, "monitorEventLoopDelay");
    onTestFinished(() => monitored.mockRestore());
    for (const { scrape } of [setUp(), setUp(), setUp()])
      expect((await scrape()).some((line) => line.startsWith("nodejs_eventloop_lag_p99_seconds "))).toBe(true);
    // Not even once, when an earlier test of this process has begun them.
    expect(monitored.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it("are complete in two scrapes at the same time", async () => {
    const { scrape } = setUp({ ...EMPTY, watches: [watch()] });
    const both = await Promise.all([scrape(), scrape()]);
    for (const lines of both) expect(lines).toContain('wa_token_state{watch="orders-prod",state="healthy"} 1');
  });
});
