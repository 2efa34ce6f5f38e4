import type { State } from "../token/finding.ts";
import type { Verdict } from "../token/verdict.ts";

/** Relied on by scripts: nothing else is ever returned. */
export const EXIT = { healthy: 0, ailing: 1, usage: 2, unknown: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const exitForState = (state: State): ExitCode => {
  switch (state) {
    case "healthy":
      return EXIT.healthy;
    case "expiring":
    case "degraded":
    case "expired":
    case "revoked":
    case "invalid":
      return EXIT.ailing;
    case "unknown":
      return EXIT.unknown;
  }
};

/** Healthy says that everything configured was read: with an id that was not, the answer is not known. */
export const exitForVerdict = ({ state, assets }: Pick<Verdict, "state" | "assets">): ExitCode =>
  state === "healthy" && assets.some(({ reach }) => reach === "not_known") ? EXIT.unknown : exitForState(state);
