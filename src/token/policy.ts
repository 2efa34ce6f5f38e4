import type { Duration } from "./duration.ts";

/** What we expect of a token; turns facts into a verdict. */
export interface Policy {
  readonly requiredScopes: readonly string[];
  /** Times before expiry at which people are told. */
  readonly warnAt: readonly Duration[];
  /** The Meta app the token must belong to; undefined: any. */
  readonly appId: string | undefined;
}
