import type { RenewalEntry } from "../../../renewal/audit.ts";

/** One line in the thread of a renewal. */
export function renewalReply({ event }: RenewalEntry): string {
  return event.kind === "step" ? `${event.result.step}: ${event.result.state}` : event.kind;
}
