import type { Leak } from "./examine-leaks.ts";

/** Whether a leaked token can still be used. Only a proof makes it dead; everything else counts as alive. */
export type Life = "alive" | "dead" | "refused" | "not_known" | "waits";

export function lifeOf({ verdict }: Pick<Leak, "verdict">): Life {
  switch (verdict?.state) {
    case undefined:
      return "waits";
    case "expired":
    case "revoked":
      return "dead";
    case "invalid":
      return "refused";
    case "healthy":
    case "expiring":
    case "degraded":
      return "alive";
    case "unknown":
      return verdict?.alive === true ? "alive" : "not_known";
  }
}

/** True for a token that other people may use now. */
export function isDangerous(leak: Pick<Leak, "verdict">): boolean {
  return ["alive", "not_known", "waits"].includes(lifeOf(leak));
}
