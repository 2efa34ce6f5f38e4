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
  /** The most watches whose checks and renewals are counted by name. Those of the others are counted together. */
  readonly most: number;
  readonly log: Pick<Logger, "warn">;
}

/** Opens the registry at the first record or scrape, because creating an app must have no effect. */
export function createMetrics({ snapshot, most, log }: MetricsOptions): Metrics {
  let opened: Prometheus | undefined;
  const named = new Set<string>();
  const labelOf = (watch: string): string => {
    if (named.size < most) named.add(watch);
    return named.has(watch) ? watch : OTHERS;
  };
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
    checked: (watch, outcome) => prometheus().checks.inc({ watch: labelOf(watch), outcome }),
    renewed: (watch, outcome) => prometheus().renewals.inc({ watch: labelOf(watch), outcome }),
    graphRequest: (seconds) => prometheus().graphSeconds.observe(seconds),
    async render() {
      const now = await current();
      prometheus().show(now);
      return prometheus().render();
    },
  };
}

/** The label of all watches that are not counted by name. No watch has an empty name. */
const OTHERS = "";
