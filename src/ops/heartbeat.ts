import type { Logger } from "pino";
import { causeOf } from "../network/cause.ts";
import type { Fetch } from "../network/fetch.ts";

/** A monitor answers in tenths of a second; the next round must not wait for it. */
const TIMEOUT_MS = 5_000;

export interface HeartbeatOptions {
  /** Whoever knows it can speak for the bot: it is never logged. */
  readonly url: string;
  readonly log: Pick<Logger, "info" | "warn" | "debug">;
  readonly fetch: Fetch;
  readonly timeoutMs?: number;
}

export interface Heartbeat {
  /** Tells the monitor that a round was done. Never rejects; one that fails is not repeated, the next round brings another. */
  beat(): Promise<void>;
}

/** The message of an error would hold the address. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && error.name === "TimeoutError" ? "no answer in time" : causeOf(error);

/**
 * Fetches the address of an outside monitor, which raises the alarm when it is not fetched any more. A failure is logged
 * once, and so is its end.
 */
export const createHeartbeat = ({ url, log, fetch, timeoutMs = TIMEOUT_MS }: HeartbeatOptions): Heartbeat => {
  let failing = false;

  const fetchOnce = async (): Promise<string | undefined> => {
    try {
      // Whoever answers with another address must not learn of this one, and could lead anywhere.
      const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
      await answer.body?.cancel();
      return answer.ok ? undefined : `HTTP ${answer.status}`;
    } catch (error) {
      return reasonOf(error);
    }
  };

  return {
    async beat() {
      const reason = await fetchOnce();
      if (reason === undefined) {
        if (failing) log.info("the heartbeat is heard again");
        else log.debug("heartbeat sent");
      } else if (failing) log.debug({ reason }, "the heartbeat still fails");
      else log.warn({ reason }, "the heartbeat failed; check HEARTBEAT_URL and the way there");
      failing = reason !== undefined;
    },
  };
};
