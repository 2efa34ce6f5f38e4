import type { Logger } from "pino";
import { isSetClock } from "../token/clock-set.ts";

/** While it lasts, an outage is told again after this long, not at every try. */
const TELL_AGAIN_MS = 10 * 60_000;

/** What the log is told of something that goes away and comes back. */
export interface Outage {
  /** One more try that failed. */
  failed(problem: string, failures: number): void;
  /** It is up; told once after an outage, and at the first time. */
  over(failures: number): void;
}

export const createOutage = (
  name: string,
  { now, log }: { readonly now: () => Date; readonly log: Logger },
): Outage => {
  let since: Date | undefined;
  let toldAt: Date | undefined;
  let isUp = false;
  const secondsDown = (): number | undefined =>
    since === undefined || !isSetClock(since) ? undefined : Math.round((now().getTime() - since.getTime()) / 1_000);

  return {
    failed(problem, failures) {
      const at = now();
      since ??= at;
      isUp = false;
      const fields = { failures, problem, downSeconds: secondsDown() };
      if (toldAt !== undefined && at.getTime() - toldAt.getTime() < TELL_AGAIN_MS) {
        log.debug(fields, `${name} is still down`);
        return;
      }
      log.warn(fields, toldAt === undefined ? `${name} is down; trying again` : `${name} is still down`);
      toldAt = at;
    },
    over(failures) {
      if (isUp) return;
      log.info({ failures, downSeconds: secondsDown() }, `${name} is up`);
      isUp = true;
      since = undefined;
      toldAt = undefined;
    },
  };
};
