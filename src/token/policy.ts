import type { Duration } from "./duration.ts";

/** The requirements for a token. `judge` applies them to the facts. */
export interface Policy {
  readonly requiredScopes: readonly string[];
  /** How long before the expiry people are warned. */
  readonly warnAt: readonly Duration[];
  /** The Meta app that the token must belong to. Undefined: any app. */
  readonly appId: string | undefined;
}
