/** How many inspections may run at once. It follows the latency and the errors of the inspections. */
export interface InFlight {
  readonly limit: () => number;
  /** Reports an inspection that ended. */
  readonly ended: (inspection: EndedInspection) => void;
}

export interface EndedInspection {
  /** Milliseconds of work, without the pause before a second try. */
  readonly ms: number;
  /** True: Graph reached a limit, or could not be reached. */
  readonly isOverloaded: boolean;
}

/**
 * Starts with ten. While the latency stays near its best, the limit doubles, and after the first setback it grows by a
 * tenth. It shrinks when the latency grows or when a tenth of the inspections meets an overload. Each decision rests on
 * the median of as many inspections as the limit, so that one inspection that hangs changes nothing.
 * @param most the highest limit
 */
export function createInFlight(most: number): InFlight {
  const least = Math.min(LEAST, most);
  let limit = least;
  let bestMs = Infinity;
  let isFirstGrowth = true;
  let latencies: number[] = [];
  let overloads = 0;

  const shrinkTo = (next: number): void => {
    limit = Math.max(least, Math.floor(next));
    isFirstGrowth = false;
  };
  const decide = (ms: number): void => {
    if (overloads * OVERLOADED_SHARE >= latencies.length) shrinkTo(limit / 2);
    else if (ms > bestMs * 2 + 2 * JITTER_MS) shrinkTo(limit * 0.75);
    else if (ms <= bestMs * 1.5 + JITTER_MS)
      limit = Math.min(most, isFirstGrowth ? limit * 2 : limit + Math.ceil(limit / 10));
    // Follows a network that became slower for good, but more slowly than the limit shrinks.
    bestMs = ms < bestMs ? ms : bestMs + (ms - bestMs) / 20;
  };

  return {
    limit: () => limit,
    ended: ({ ms, isOverloaded }) => {
      latencies.push(ms);
      if (isOverloaded) overloads++;
      if (latencies.length < limit) return;
      decide(medianOf(latencies));
      latencies = [];
      overloads = 0;
    },
  };
}

/** Enough for small watchlists. It also keeps a replica from claiming all watches of a small one. */
const LEAST = 10;

/** One in so many inspections. */
const OVERLOADED_SHARE = 10;

/** Latencies that differ by less say nothing about the load. */
const JITTER_MS = 50;

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
