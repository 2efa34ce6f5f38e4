import { collectDefaultMetrics, Counter, Gauge, Histogram, register, Registry } from "prom-client";
import type { Expiry } from "../token/expiry.ts";
import { STATES } from "../token/findings/catalogue.ts";
import { type Pace, PACES } from "../watch/budget/pace.ts";
import type { State } from "../token/findings/finding.ts";

/** The values at the time of a scrape. */
export interface Snapshot {
  /** The watches with series of their own: the first `METRICS_WATCHES` by name. */
  readonly watches: readonly WatchGauges[];
  /** The number of watches in each state of the last answer, of all watches. */
  readonly states: ReadonlyMap<State, number>;
  /** Messages that may be sent now and that Slack has not accepted yet. */
  readonly alertsUndelivered: number;
  /** Messages that wait for quiet hours to end. */
  readonly alertsHeld: number;
  /** Channels that refuse a message: a person must act. */
  readonly channelsRefused: readonly string[];
  readonly lastRoundAt: Date | null;
  /** What Meta's limit allows for the watches of each Meta app. */
  readonly limits: readonly AppLimit[];
  readonly fleets: readonly FleetGauges[];
  /** The open renewals and their current steps. */
  readonly renewals: readonly { readonly watch: string; readonly step: string }[];
}

export interface Prometheus {
  readonly checks: Counter<"watch" | "outcome">;
  readonly renewals: Counter<"watch" | "outcome">;
  readonly graphSeconds: Histogram;
  /** Sets the gauges. Without a snapshot they are removed, because zero would be wrong. */
  show(snapshot: Snapshot | undefined): void;
  render(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** Registers the metrics of docs/operate.md in a registry of their own. The text has those of the process too. */
export function openPrometheus(): Prometheus {
  const registry = new Registry();
  const registers = [registry];
  collectOfProcess();
  const watchGauge = <T extends string>(name: string, help: string, labels: readonly T[]) =>
    new Gauge({ name, help, labelNames: ["watch", ...labels] as const, registers });
  const plainGauge = (name: string, help: string) => new Gauge({ name, help, registers });

  const expires = watchGauge("wa_token_expires_at_seconds", "Expiry of the token in Unix time; +Inf means never.", []);
  const state = watchGauge("wa_token_state", "1 for the state in the last answer, 0 for the other states.", ["state"]);
  const answered = watchGauge(
    "wa_token_last_answer_timestamp_seconds",
    "Unix time of the last answer from Graph about the token's state.",
    [],
  );
  const counts = new Gauge({
    name: "wa_token_watches",
    help: "Watches by the state in the last answer, also watches without series of their own.",
    labelNames: ["state"],
    registers,
  });
  const hidden = plainGauge("wa_token_watches_without_series", "Watches beyond METRICS_WATCHES.");
  const renewalStep = watchGauge(
    "wa_token_renewal_step",
    "1 for the current step of an open renewal; no series otherwise.",
    ["step"],
  );
  const undelivered = plainGauge("wa_token_alerts_undelivered", "Messages that Slack has not accepted yet.");
  const held = plainGauge("wa_token_alerts_held", "Messages that wait for quiet hours to end.");
  const refused = new Gauge({
    name: "wa_token_channel_refused",
    help: "1 for a channel that refuses a message; no series otherwise.",
    labelNames: ["channel"],
    registers,
  });
  const appGauge = <T extends string>(name: string, help: string, labels: readonly T[]) =>
    new Gauge({ name, help, labelNames: ["app", ...labels] as const, registers });
  const pace = appGauge("wa_token_graph_pace", "1 for the pace of the app's checks, 0 for the other paces.", ["pace"]);
  const used = appGauge("wa_token_graph_used_ratio", "Used share of the app's hourly limit, as Graph reported it.", []);
  const interval = appGauge(
    "wa_token_graph_interval_seconds",
    "Interval that the limit allows for all watches of the app; no series while it is not known.",
    [],
  );
  const fleetGauge = (name: string, help: string) => new Gauge({ name, help, labelNames: ["fleet"], registers });
  const fleetWatches = fleetGauge(
    "wa_token_fleet_watches",
    "Watches in the fleet's list; no series until it is known.",
  );
  const fleetFailing = fleetGauge(
    "wa_token_fleet_failing",
    "1 for a fleet with a problem, as in /readyz; 0 for the others.",
  );
  const lastRound = plainGauge("wa_token_last_round_timestamp_seconds", "Unix time of the end of the last round.");

  return {
    checks: new Counter({
      name: "wa_token_checks_total",
      help: "Inspections of watches by outcome.",
      labelNames: ["watch", "outcome"],
      registers,
    }),
    renewals: new Counter({
      name: "wa_token_renewals_total",
      help: "Ended renewals by outcome.",
      labelNames: ["watch", "outcome"],
      registers,
    }),
    graphSeconds: new Histogram({
      name: "wa_token_graph_request_duration_seconds",
      help: "Duration of requests to Graph in seconds.",
      buckets: SECONDS,
      registers,
    }),
    show(snapshot) {
      for (const gauge of [expires, state, answered, refused, renewalStep, counts, pace, used, interval]) gauge.reset();
      for (const gauge of [fleetWatches, fleetFailing]) gauge.reset();
      for (const gauge of [undelivered, held, lastRound, hidden]) gauge.remove();
      if (snapshot === undefined) return;
      for (const watch of snapshot.watches) {
        const end = endSeconds(watch.expiry);
        if (end !== undefined) expires.set({ watch: watch.name }, end);
        if (watch.answeredAt !== null) answered.set({ watch: watch.name }, secondsOf(watch.answeredAt));
        const current = watch.state ?? "unknown";
        for (const name of STATES) state.set({ watch: watch.name, state: name }, name === current ? 1 : 0);
      }
      for (const name of STATES) counts.set({ state: name }, snapshot.states.get(name) ?? 0);
      const total = [...snapshot.states.values()].reduce((sum, count) => sum + count, 0);
      hidden.set(Math.max(0, total - snapshot.watches.length));
      for (const { watch, step } of snapshot.renewals) renewalStep.set({ watch, step }, 1);
      for (const { app, pace: current, percent, intervalMs } of snapshot.limits) {
        for (const name of PACES) pace.set({ app, pace: name }, name === current ? 1 : 0);
        if (percent !== null) used.set({ app }, percent / 100);
        if (intervalMs !== null) interval.set({ app }, intervalMs / 1_000);
      }
      for (const { fleet, watches, failing } of snapshot.fleets) {
        if (watches !== null) fleetWatches.set({ fleet }, watches);
        fleetFailing.set({ fleet }, failing ? 1 : 0);
      }
      undelivered.set(snapshot.alertsUndelivered);
      held.set(snapshot.alertsHeld);
      for (const channel of snapshot.channelsRefused) refused.set({ channel }, 1);
      if (snapshot.lastRoundAt !== null) lastRound.set(secondsOf(snapshot.lastRoundAt));
    },
    async render() {
      return { contentType: registry.contentType, body: await Registry.merge([registry, register]).metrics() };
    },
  };
}

/** Nothing can stop prom-client's timer and its observer of the garbage collector, so a process begins them once. */
function collectOfProcess(): void {
  if (register.getSingleMetric("process_cpu_seconds_total") === undefined) collectDefaultMetrics({ register });
}

interface WatchGauges {
  readonly name: string;
  /** The state in the last answer; null when Graph never answered. */
  readonly state: State | null;
  readonly expiry: Expiry;
  readonly answeredAt: Date | null;
}

interface FleetGauges {
  readonly fleet: string;
  /** Null until its list is known. */
  readonly watches: number | null;
  readonly failing: boolean;
}

interface AppLimit {
  /** The ID of the Meta app. */
  readonly app: string;
  readonly pace: Pace["kind"];
  /** The used share of the hourly limit, in percent; null when Graph did not say. */
  readonly percent: number | null;
  /** Null when nobody knows it. */
  readonly intervalMs: number | null;
}

/** Graph answers in tenths of a second; a request times out after five seconds. */
const SECONDS = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 3, 5, 10];

function secondsOf(at: Date): number {
  return at.getTime() / 1_000;
}

function endSeconds(end: Expiry): number | undefined {
  if (end.kind === "at") return secondsOf(end.at);
  return end.kind === "never" ? Infinity : undefined;
}
