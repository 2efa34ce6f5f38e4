import { DAY_MS, MINUTE_MS } from "../../src/token/duration.ts";
import { createGate } from "../../src/watch/budget/gate.ts";
import { createInFlight } from "../../src/watch/pace/in-flight.ts";
import { createRollingHour } from "./rolling-hour.ts";

export interface Played {
  readonly tokens: number;
  readonly users: number;
  /** Calls an hour that Meta allows the app. */
  readonly limit: number;
  /** Checks of a token in a day, on average. */
  readonly checksPerDay: number;
  /**
   * The longest time that a token was not checked, also before its first check. A revocation just after a check is found
   * so late. With tokens that were never checked, it is at least the week.
   */
  readonly worstDelayMs: number;
  /** Tokens that the week was too short for. */
  readonly neverChecked: number;
  /** The highest used share of the limit, in percent. */
  readonly peakPercent: number;
  /** Calls that Graph refused. */
  readonly over: number;
}

/**
 * Plays a week of one bot whose tokens belong to one Meta app, without network and in virtual time. The product's own
 * rules decide how many checks may begin. Each check is one `/debug_token` call, as for a healthy token without IDs.
 * Every run of the same values plays the same week.
 * @param users daily active users of the app: Meta allows 200 calls an hour for each (Graph rate limiting, read 2026-11)
 */
export function playWeek(tokens: number, users: number, intervalMs: number): Played {
  const limit = users * CALLS_FOR_USER;
  const clock = { ms: 0 };
  const gate = createGate(() => new Date(START_MS + clock.ms));
  const graph = createRollingHour(limit);
  const queue = createQueue(tokens, WEEK_MS + 2 * intervalMs);
  const checkedAt = new Float64Array(tokens).fill(NEVER);
  let checks = 0;
  let spread = 0;
  let worstDelayMs = 0;
  let peakPercent = 0;

  const checkMost = (most: number): number => {
    let begun = 0;
    for (; begun < most; begun++) {
      const token = queue.take(clock.ms);
      if (token === undefined) break;
      worstDelayMs = Math.max(worstDelayMs, clock.ms - since(checkedAt[token]));
      checkedAt[token] = clock.ms;
      spread = (spread + GOLDEN) % 1;
      queue.add(token, clock.ms + intervalMs * (0.9 + 0.2 * spread));
    }
    if (begun === 0) return 0;
    gate.begin(APP, begun);
    for (let call = 0; call < begun; call++) {
      const usage = graph.call(clock.ms);
      peakPercent = Math.max(peakPercent, usage.percent ?? 0);
      // All answers of a moment say nearly the same, so the gate hears the last one, and each refusal.
      if (usage.waitMs !== null || call === begun - 1) gate.answered(APP, usage);
    }
    gate.end(APP, begun);
    checks += begun;
    return begun;
  };

  for (let tick = 0; tick < WEEK_MS; tick += MINUTE_MS) {
    clock.ms = Math.max(clock.ms, tick);
    const inFlight = createInFlight(IN_FLIGHT);
    while (clock.ms < tick + MINUTE_MS) {
      const begun = checkMost(Math.min(inFlight.limit(), gate.allowed(APP)));
      if (begun === 0) break;
      for (let call = 0; call < begun; call++) inFlight.ended({ ms: LATENCY_MS, isOverloaded: false });
      clock.ms += LATENCY_MS;
    }
  }
  for (const at of checkedAt) worstDelayMs = Math.max(worstDelayMs, WEEK_MS - since(at));
  const neverChecked = checkedAt.reduce((sum, at) => (at === NEVER ? sum + 1 : sum), 0);
  const checksPerDay = checks / tokens / (WEEK_MS / DAY_MS);
  return { tokens, users, limit, checksPerDay, worstDelayMs, neverChecked, peakPercent, over: graph.over() };
}

const APP = "app";
const CALLS_FOR_USER = 200;
const WEEK_MS = 7 * DAY_MS;

/** Any instant, because the gate needs a date. */
const START_MS = Date.UTC(2026, 10, 2);

const NEVER = -1;

/** When a token was checked last, or the start. */
function since(at = NEVER): number {
  return Math.max(0, at);
}

/** Steps of this size spread over an interval as evenly as any random numbers. */
const GOLDEN = 0.618_033_988_75;

/** The default of `INSPECTIONS_AT_ONCE`, and a usual latency of Graph. */
const IN_FLIGHT = 100;
const LATENCY_MS = 150;

/** Tokens by the minute in which they are due, longest overdue first. At the start, all are due. */
function createQueue(tokens: number, lengthMs: number) {
  const first = new Int32Array(Math.ceil(lengthMs / MINUTE_MS) + 1).fill(NONE);
  const next = new Int32Array(tokens).fill(NONE);
  let minute = 0;
  const add = (token: number, dueMs: number): void => {
    const due = Math.min(Math.ceil(dueMs / MINUTE_MS), first.length - 1);
    next[token] = first[due] ?? NONE;
    first[due] = token;
  };
  for (let token = 0; token < tokens; token++) add(token, 0);
  return {
    add,
    take: (nowMs: number): number | undefined => {
      for (; minute * MINUTE_MS <= nowMs; minute++) {
        const token = first[minute] ?? NONE;
        if (token === NONE) continue;
        first[minute] = next[token] ?? NONE;
        return token;
      }
      return undefined;
    },
  };
}

const NONE = -1;
