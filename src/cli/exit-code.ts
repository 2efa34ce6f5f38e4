import type { State } from "../token/finding.ts";

/** Relied on by scripts: nothing else is ever returned. */
export const EXIT = { healthy: 0, ailing: 1, usage: 2, unknown: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const exitForState = (state: State): ExitCode => {
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
