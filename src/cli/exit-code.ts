import type { State } from "../token/findings/finding.ts";
import type { Verdict } from "../token/verdict.ts";

/** Scripts rely on these codes. The program returns no others. */
export const EXIT = { healthy: 0, unhealthy: 1, usage: 2, unknown: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Exit code 0 promises that every configured ID was read. With an unread ID, the result is unknown. */
export function exitForVerdict({ state, assets }: Pick<Verdict, "state" | "assets">): ExitCode {
  return state === "healthy" && assets.some(({ reach }) => reach === "not_known") ? EXIT.unknown : exitForState(state);
}

function exitForState(state: State): ExitCode {
  switch (state) {
    case "healthy":
      return EXIT.healthy;
    case "expiring":
    case "degraded":
    case "expired":
    case "revoked":
    case "invalid":
      return EXIT.unhealthy;
    case "unknown":
      return EXIT.unknown;
  }
}
