import type { Logger } from "pino";

/** Why a request was not let in. */
export type Refusal = "unsigned" | "stale" | "forged" | "too_large" | "unreadable" | "no_room" | "dropped";

/** Counts the requests that are not let in. Strangers can send as many as they like, so the log gets one line a minute. */
export interface Refusals {
  refused(why: Refusal): void;
  /** A request came that Slack has signed. */
  accepted(): void;
  /** The requests turned away since Slack's last good one, with the likely cause; null when none could be Slack's. */
  problem(): string | null;
}

const TELL_AGAIN_MS = 60_000;

type Counts = Partial<Record<Refusal, number>>;

export const createRefusals = ({
  log,
  now,
}: {
  readonly log: Pick<Logger, "warn">;
  readonly now: () => Date;
}): Refusals => {
  let untold: Counts = {};
  let sinceGood: Counts = {};
  let lastAt: Date | undefined;
  let pause: NodeJS.Timeout | undefined;

  const tell = (): void => {
    pause = undefined;
    const refused = untold;
    if (Object.keys(refused).length === 0) return;
    untold = {};
    log.warn({ refused }, "requests to Slack's address were refused");
    // A count that waits for its minute must not keep the process alive.
    pause = setTimeout(tell, TELL_AGAIN_MS).unref();
  };

  return {
    refused: (why) => {
      untold[why] = (untold[why] ?? 0) + 1;
      sinceGood[why] = (sinceGood[why] ?? 0) + 1;
      lastAt = now();
      if (pause === undefined) tell();
    },
    accepted: () => {
      sinceGood = {};
    },
    problem: () => {
      const { forged = 0, stale = 0, unsigned = 0, dropped = 0, no_room: noRoom = 0 } = sinceGood;
      const at = lastAt?.toISOString() ?? "an unknown time";
      const count = forged + stale + unsigned;
      if (count > 0) {
        const which = count === 1 ? "The last request" : `Each of the last ${count} requests`;
        const when = count === 1 ? ` at ${at}` : `, the latest at ${at}`;
        return `${which} to Slack's address was refused${when}: ${causeOf(forged, stale)}`;
      }
      if (dropped + noRoom === 0) return null;
      return `Too many connections to Slack's address: ${dropped + noRoom} were turned away, the latest at ${at}. Commands and buttons may not get through. Let the proxy in front pass Slack's requests only.`;
    },
  };
};

/** A wrong secret shows as a wrong signature; the other two are seen before the secret is tried. */
function causeOf(forged: number, stale: number): string {
  if (forged > 0)
    return "its signature is not right. If Slack sent it, SLACK_SIGNING_SECRET is wrong: copy the Signing Secret again from Basic Information in the app's settings.";
  if (stale > 0)
    return "its signature is older than five minutes. If Slack sent it, this machine's clock is wrong: set it. SLACK_SIGNING_SECRET was not tried.";
  return "it carries no signature of Slack's. If Slack sent it, a proxy removes the headers X-Slack-Signature and X-Slack-Request-Timestamp: let them pass. SLACK_SIGNING_SECRET was not tried.";
}
