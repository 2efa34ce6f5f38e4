import type { Logger } from "pino";
import { causeOf } from "../network/cause.ts";
import type { Fetch } from "../network/fetch.ts";

export interface HeartbeatOptions {
  /** Never logged, because anyone with this URL can send heartbeats in the bot's name. */
  readonly url: string;
  readonly log: Pick<Logger, "info" | "warn" | "debug">;
  readonly fetch: Fetch;
  readonly timeoutMs?: number;
}

export interface Heartbeat {
  /**
   * Reports a complete round to the monitor. Never rejects, and never retries: the next round sends another heartbeat.
   */
  beat(): Promise<void>;
}

/**
 * Requests the URL of an outside monitor, which alerts people when the requests stop. The log has one line for a
 * failure and one for the recovery.
 */
export function createHeartbeat({ url, log, fetch, timeoutMs = TIMEOUT_MS }: HeartbeatOptions): Heartbeat {
  let failing = false;

  const fetchOnce = async (): Promise<string | undefined> => {
    try {
      // Do not follow a redirect: it could lead anywhere, and its target must not learn this URL.
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
        if (failing) log.info("the heartbeat works again");
        else log.debug("heartbeat sent");
      } else if (failing) log.debug({ reason }, "the heartbeat still fails");
      else log.warn({ reason }, "the heartbeat failed; check HEARTBEAT_URL and the network");
      failing = reason !== undefined;
    },
  };
}

/** A monitor answers in tenths of a second. The next round must not wait longer. */
const TIMEOUT_MS = 5_000;

/** Does not use the error's message, because it contains the URL. */
function reasonOf(error: unknown): string {
  return error instanceof Error && error.name === "TimeoutError" ? "no answer in time" : causeOf(error);
}
