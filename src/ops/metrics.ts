import type { Logger } from "pino";
import { openPrometheus, type Prometheus, type Snapshot } from "./prometheus.ts";

export interface Metrics {
  /** Counts one inspection of a watch. */
  checked: (watch: string, outcome: string) => void;
  /** Counts one ended renewal. */
  renewed: (watch: string, outcome: string) => void;
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

/** Opens the registry at the first record or scrape, because creating an app must have no effect. */
export function createMetrics({ snapshot, log }: MetricsOptions): Metrics {
  let opened: Prometheus | undefined;
  const prometheus = (): Prometheus => (opened ??= openPrometheus());

  const current = async (): Promise<Snapshot | undefined> => {
    try {
      return await snapshot();
    } catch (error) {
      log.warn({ err: error }, "the metrics of the watches could not be read");
      return undefined;
    }
  };

  return {
    checked: (watch, outcome) => prometheus().checks.inc({ watch, outcome }),
    renewed: (watch, outcome) => prometheus().renewals.inc({ watch, outcome }),
    graphRequest: (seconds) => prometheus().graphSeconds.observe(seconds),
    async render() {
      const now = await current();
      prometheus().show(now);
      return prometheus().render();
    },
  };
}
