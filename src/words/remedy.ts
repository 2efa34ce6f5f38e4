import type { Spans } from "../guide/rich-text.ts";

/** The remedy for a problem, as sentences. */
export interface Remedy {
  /** Steps that restore service, in order. Each starts with a verb. */
  readonly steps: readonly Spans[];
  /** Steps that can wait until service is restored, such as finding out who revoked a token. */
  readonly afterwards: readonly Spans[];
}
