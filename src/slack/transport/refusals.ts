import type { Logger } from "pino";
import { words } from "../../words/words.ts";

/** Why the bot refused a request. */
export type Refusal = "unsigned" | "stale" | "forged" | "too_large" | "unreadable" | "no_room" | "dropped";

/** Counts refused requests. Strangers can send as many as they like, so the log gets one line a minute. */
export interface Refusals {
  refused(why: Refusal): void;
  /** A request with a valid signature arrived. */
  accepted(): void;
  /** The requests refused since Slack's last good one, with the likely cause; null when none could be Slack's. */
  problem(): string | null;
}

export function createRefusals({
  log,
  now,
}: {
  readonly log: Pick<Logger, "warn">;
  readonly now: () => Date;
}): Refusals {
  let unreported: Counts = {};
  let sinceGood: Counts = {};
  let lastAt: Date | undefined;
  let pause: NodeJS.Timeout | undefined;

  const tell = (): void => {
    pause = undefined;
    const refused = unreported;
    if (Object.keys(refused).length === 0) return;
    unreported = {};
    log.warn({ refused }, "requests to Slack's address were refused");
    // The timer must not keep the process alive.
    pause = setTimeout(tell, TELL_AGAIN_MS).unref();
  };

  return {
    refused: (why) => {
      unreported[why] = (unreported[why] ?? 0) + 1;
      sinceGood[why] = (sinceGood[why] ?? 0) + 1;
      lastAt = now();
      if (pause === undefined) tell();
    },
    accepted: () => {
      sinceGood = {};
    },
    problem: () => {
      const { forged = 0, stale = 0, unsigned = 0, dropped = 0, no_room: noRoom = 0 } = sinceGood;
      const at = lastAt?.toISOString() ?? requests.unknownTime;
      const count = forged + stale + unsigned;
      if (count > 0) {
        const cause = causeOf(forged, stale);
        return count === 1 ? requests.refusedOne(at, cause) : requests.refusedMany(count, at, cause);
      }
      return dropped + noRoom === 0 ? null : requests.tooMany(dropped + noRoom, at);
    },
  };
}

const { requests } = words.slackSetup;

const TELL_AGAIN_MS = 60_000;

type Counts = Partial<Record<Refusal, number>>;

/** A wrong secret shows as a wrong signature. The bot sees the other two causes before it tries the secret. */
function causeOf(forged: number, stale: number): string {
  if (forged > 0) return requests.forged;
  return stale > 0 ? requests.stale : requests.unsigned;
}
