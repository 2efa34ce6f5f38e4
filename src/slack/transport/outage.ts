import type { Logger } from "pino";
import { isSetClock } from "../../token/clock-set.ts";
import { ageMs } from "../../token/set-back.ts";

/** Logs that a connection is down or up again. */
export interface Outage {
  /** Another try failed. */
  failed(problem: string, failures: number): void;
  /** The connection is up. Logged once after an outage, and at the first connection. */
  over(failures: number): void;
}

export function createOutage(name: string, { now, log }: { readonly now: () => Date; readonly log: Logger }): Outage {
  let since: Date | undefined;
  let reportedAt: Date | undefined;
  let isUp = false;
  const secondsDown = (): number | undefined => {
    const downMs = since === undefined || !isSetClock(since) ? Infinity : ageMs(since, now());
    return downMs === Infinity ? undefined : Math.round(downMs / 1_000);
  };

  return {
    failed(problem, failures) {
      const at = now();
      since ??= at;
      isUp = false;
      const fields = { failures, problem, downSeconds: secondsDown() };
      if (reportedAt !== undefined && ageMs(reportedAt, at) < TELL_AGAIN_MS) {
        log.debug(fields, `${name} is still down`);
        return;
      }
      log.warn(fields, reportedAt === undefined ? `${name} is down; retrying` : `${name} is still down`);
      reportedAt = at;
    },
    over(failures) {
      if (isUp) return;
      log.info({ failures, downSeconds: secondsDown() }, `${name} is up`);
      isUp = true;
      since = undefined;
      reportedAt = undefined;
    },
  };
}

/** During a long outage, the time between two log lines. Not every try is logged. */
const TELL_AGAIN_MS = 10 * 60_000;
