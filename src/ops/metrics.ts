import type { Logger } from "pino";
import type { Prometheus, Snapshot } from "./prometheus.ts";

export interface Metrics {
  /** Counts one inspection of a watch. */
  checked: (watch: string, outcome: string) => void;
  /** Records the duration of one request to Graph. */
  graphRequest: (seconds: number) => void;
  /** Returns the response to a scrape. */
  render: () => Promise<{ readonly contentType: string; readonly body: string }>;
}

export interface MetricsOptions {
  /** Read at every scrape. When it fails, the scrape still returns the other metrics. */
  readonly snapshot: () => Promise<Snapshot>;
  readonly log: Pick<Logger, "warn">;
}

/**
 * Loads the metrics library at the first scrape. The library costs 17 MB and a tenth of the start time, and many bots
 * are never scraped. Records before the first scrape wait and are counted then.
 */
export function createMetrics({ snapshot, log }: MetricsOptions): Metrics {
  let pending: ((prometheus: Prometheus) => void)[] = [];
  let loaded: Prometheus | undefined;
  let loading: Promise<Prometheus> | undefined;

  const load = async (): Promise<Prometheus> => {
    const { openPrometheus } = await import("./prometheus.ts");
    loaded = openPrometheus();
    for (const entry of pending) entry(loaded);
    pending = [];
    return loaded;
  };
  const prometheus = (): Promise<Prometheus> => (loading ??= load());

  const record = (entry: (prometheus: Prometheus) => void): void => {
    if (loaded !== undefined) return entry(loaded);
    pending.push(entry);
    if (pending.length === MOST_PENDING)
      prometheus().catch((error: unknown) => log.warn({ err: error }, "the metrics could not be loaded"));
  };

  const current = async (): Promise<Snapshot | undefined> => {
    try {
      return await snapshot();
    } catch (error) {
      log.warn({ err: error }, "the metrics of the watches could not be read");
      return undefined;
    }
  };

  return {
    checked: (watch, outcome) => record(({ checks }) => checks.inc({ watch, outcome })),
    graphRequest: (seconds) => record(({ graphSeconds }) => graphSeconds.observe(seconds)),
    async render() {
      const [metrics, now] = await Promise.all([prometheus(), current()]);
      metrics.show(now);
      return metrics.render();
    },
  };
}

/**
 * The most records that wait for the first scrape. With more, the library is loaded at once, so that waiting records do
 * not fill the memory.
 */
const MOST_PENDING = 1_000;
