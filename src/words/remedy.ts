import type { Spans } from "../guide/rich-text.ts";

/** What helps with a problem, as sentences. */
export interface Remedy {
  /** What restores service, in order; each starts with a verb. */
  readonly steps: readonly Spans[];
  /** What can wait until service is restored, such as finding out who revoked a token. */
  readonly afterwards: readonly Spans[];
}
