import type { State } from "../../token/findings/finding.ts";
import type { SlackDeps } from "../requests/deps.ts";

export interface RecordedCheck {
  /** Null: a pasted token without a watch. */
  readonly watch: string | null;
  /** Empty when there was no token to check. */
  readonly fingerprint: string;
  readonly state: State;
}

/** Records private checks in the audit. A store that does not answer is logged, and the person keeps the result. */
export async function recordChecks(
  { record, now, log }: Pick<SlackDeps, "record" | "now" | "log">,
  user: string,
  checks: readonly RecordedCheck[],
): Promise<void> {
  if (checks.length === 0) return;
  const at = now();
  try {
    await record(checks.map((check) => ({ kind: "private_check", at, by: { kind: "slack", user }, ...check })));
  } catch (error) {
    log.warn({ err: error }, "a private check could not be recorded in the audit");
  }
}
