import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import type { RequestRecord } from "../graph/client.ts";
import { judgeReadiness, MOST_LISTED, type ReadinessInputs } from "../ops/health.ts";
import { createMetrics } from "../ops/metrics.ts";
import type { Snapshot } from "../ops/prometheus.ts";
import { createOpsServer } from "../ops/server.ts";
import type { Renewal } from "../renewal/renewal.ts";
import { currentStep } from "../renewal/rules/steps.ts";
import { DECODED, readInBatches } from "../store/tables/batches.ts";
import { redact } from "../token/secret/shape.ts";
import { isRefusal } from "../slack/messages/alert/refusal.ts";
import type { Slack } from "../slack/transport/bolt.ts";
import type { Undelivered } from "../outbox/outbox.ts";
import type { AppPace } from "../watch/budget/app-pace.ts";
import type { WatchRecord, WatchStore } from "../watch/ports.ts";
import { quietUntil } from "../outbox/quiet.ts";
import type { Fleets } from "./fleets/fleets.ts";
import type { Scheduler } from "../watch/scheduler.ts";

/** Health and metrics of the bot, served on the ops address. */
export interface Observation {
  readonly onRequest: (record: RequestRecord) => void;
  readonly onCheck: (watch: string, outcome: string) => void;
  /** Counts an ended renewal. */
  readonly onRenewed: (renewal: Pick<Renewal, "watch" | "outcome">) => void;
  /** Starts the HTTP server. Returns a function that stops it. */
  readonly open: (observed: Observed) => Promise<() => Promise<void>>;
}

export function createObservation(
  config: Config,
  { now, log }: { readonly now: () => Date; readonly log: Logger },
): Observation {
  let observed: Observed | undefined;
  let savedAt: Date | null = null;
  const metrics = createMetrics({
    snapshot: () => {
      if (observed === undefined) throw new Error("metrics were requested before the bot started");
      return snapshotOf(observed, config.metricsWatches, quietUntil(config.alerts.quiet, now()) !== null);
    },
    most: config.metricsWatches,
    log,
  });
  return {
    onRequest: ({ seconds }) => metrics.graphRequest(seconds),
    onCheck: (watch, outcome) => {
      savedAt = now();
      metrics.checked(watch, outcome);
    },
    onRenewed: ({ watch, outcome }) => {
      if (outcome !== null) metrics.renewed(watch, outcome);
    },
    open: async (parts) => {
      observed = parts;
      const server = createOpsServer({
        ...config.ops,
        readiness: async () => judgeReadiness(await readinessInputs(parts, savedAt), now()),
        metrics: () => metrics.render(),
        log,
      });
      const port = await server.listen();
      log.info({ host: config.ops.host, port }, "listening for health and metrics");
      return () => server.close(CLOSE_WITHIN_MS);
    },
  };
}

const CLOSE_WITHIN_MS = 1_000;

/** What health and metrics read from the running bot. */
interface Observed {
  readonly store: Pick<WatchStore, "page" | "tally" | "undelivered" | "ping" | "troubles" | "renewals">;
  readonly slack: Pick<Slack, "problem" | "requestProblem">;
  readonly scheduler: Pick<Scheduler, "progress" | "nextTick">;
  /** What Meta's limits allow for each Meta app. */
  readonly paces: () => readonly AppPace[];
  readonly fleets: Pick<Fleets, "sizes" | "troubles">;
}

function gauges({ name, state }: WatchRecord): Snapshot["watches"][number] {
  return {
    name,
    state: state.verdict?.state ?? null,
    expiry: state.verdict?.token?.expiry ?? { kind: "not_known" },
    answeredAt: state.verdict?.checkedAt ?? null,
  };
}

/** The values of the first watches by name. */
async function firstWatches(store: Observed["store"], most: number): Promise<Snapshot["watches"]> {
  const found: Snapshot["watches"][number][] = [];
  const pages = readInBatches<WatchRecord>(DECODED, (last, limit) =>
    store.page({ after: last?.name, limit: Math.min(limit, most - found.length) }),
  );
  for await (const records of pages) found.push(...records.map(gauges));
  return found;
}

function statesOf(watches: Snapshot["watches"]): Snapshot["states"] {
  const alike = Map.groupBy(watches, ({ state }) => state ?? "unknown");
  return new Map([...alike].map(([state, { length }]) => [state, length]));
}

function channelsRefusing(undelivered: readonly Undelivered[]): readonly string[] {
  return [
    ...new Set(undelivered.filter(({ error }) => error !== null && isRefusal(error)).map(({ channel }) => channel)),
  ];
}

/**
 * @param most the most watches with series of their own
 * @param quiet true while only urgent messages may be sent
 */
async function snapshotOf(
  { store, scheduler, paces, fleets }: Observed,
  most: number,
  quiet: boolean,
): Promise<Snapshot> {
  const watches = await firstWatches(store, most);
  const undelivered = await store.undelivered();
  const renewals = await store.renewals();
  const held = quiet ? undelivered.filter(({ urgent }) => !urgent) : [];
  return {
    watches,
    states: watches.length < most ? statesOf(watches) : (await store.tally()).states,
    alertsUndelivered: undelivered.length - held.length,
    alertsHeld: held.length,
    channelsRefused: channelsRefusing(undelivered),
    lastRoundAt: scheduler.progress().roundEndedAt,
    limits: paces().map(({ app, pace, percent, intervalMs }) => ({ app, pace: pace.kind, percent, intervalMs })),
    fleets: fleetGauges(fleets),
    renewals: renewals.flatMap((renewal) => {
      const step = renewal.endedAt === null ? currentStep(renewal) : null;
      return step === null ? [] : [{ watch: renewal.watch, step }];
    }),
  };
}

function fleetGauges({ sizes, troubles }: Observed["fleets"]): Snapshot["fleets"] {
  const failing = new Set(troubles().map(({ fleet }) => fleet));
  return sizes().map(({ fleet, watches }) => ({ fleet, watches, failing: failing.has(fleet) }));
}

/** Returns the data of the store, or the reason why it does not answer. */
async function askStore(store: Observed["store"]) {
  try {
    await store.ping();
    const { failing, alsoFailing, unreadable } = await store.troubles(MOST_LISTED);
    const graph = { first: failing, others: alsoFailing };
    return { answer: { ok: true, unreadable }, graph, undelivered: await store.undelivered() } as const;
  } catch (error) {
    const message = error instanceof Error ? redact(error.message) : "The store does not answer.";
    return { answer: { ok: false, message }, graph: { first: [], others: 0 }, undelivered: [] } as const;
  }
}

/** Each failure of each channel once, even when several messages wait for the channel. */
function failuresOf(undelivered: readonly Undelivered[]): ReadinessInputs["channels"] {
  const failures = undelivered.flatMap(({ channel, error }) => (error === null ? [] : [{ channel, error }]));
  return [...new Map(failures.map((failure) => [`${failure.channel} ${failure.error}`, failure])).values()];
}

async function readinessInputs(
  { store, slack, scheduler, fleets }: Observed,
  savedAt: Date | null,
): Promise<ReadinessInputs> {
  const { answer, graph, undelivered } = await askStore(store);
  const problem = slack.problem();
  const { roundEndedAt, runningSince, problem: roundProblem } = scheduler.progress();
  return {
    store: answer,
    slack: { linked: problem === null, message: problem },
    requests: slack.requestProblem(),
    rounds: { endedAt: roundEndedAt, nextTickAt: scheduler.nextTick(), runningSince, savedAt, problem: roundProblem },
    fleets: fleets.troubles(),
    channels: failuresOf(undelivered),
    graph,
  };
}
