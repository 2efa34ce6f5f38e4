import type { Expiry } from "./expiry.ts";
import type { Finding, State } from "./finding.ts";
import type { AssetKind, Evidence, InspectionFailure, Sending, TokenIdentity } from "./inspection.ts";

/** What is known about the token itself; `null` and `not_known` mean that Graph did not say. */
export interface TokenFacts extends TokenIdentity {
  readonly type: string | null;
  readonly appId: string | null;
  readonly appName: string | null;
  readonly userId: string | null;
  readonly issuedAt: Date | null;
  readonly expiry: Expiry;
  readonly dataAccess: Expiry;
  /** Null when no call told them. */
  readonly scopes: readonly string[] | null;
  /** Empty when the scopes are not known or the token is dead; so are the extra ones. */
  readonly missingScopes: readonly string[];
  readonly extraScopes: readonly string[];
}

/** How long an id has not been read, counted from round to round. */
export interface Unread {
  /** The first read that failed. */
  readonly since: Date;
  /** Failed reads in a row. */
  readonly tries: number;
  /** When the id was last read; null when it never was. */
  readonly readAt: Date | null;
  /** True once this has lasted so long that people must know. */
  readonly lasting: boolean;
}

/** A phone number or WhatsApp account as the live read found it. */
export interface AssetVerdict {
  readonly kind: AssetKind;
  readonly id: string;
  readonly name: string | null;
  readonly reach: "reached" | "refused" | "not_known";
  readonly sending: Sending | null;
  /** Set when the read was made and failed. */
  readonly failure: InspectionFailure | null;
  /** Known to the rounds of a watch only; absent while the id is read. */
  readonly unread?: Unread | undefined;
}

/** What the facts mean under a policy at a time. `unknown` carries a failure and no finding. */
export interface Verdict {
  readonly state: State;
  /** Whether Graph called it valid; null when it did not say (no answer, another app, no call made). */
  readonly alive: boolean | null;
  /** Most severe first; at most one per code; a dead verdict carries its one finding and no other. */
  readonly findings: readonly Finding[];
  readonly failure: InspectionFailure | null;
  /** Null when the token's source could not be read. */
  readonly token: TokenFacts | null;
  readonly assets: readonly AssetVerdict[];
  /** The threshold that `expiring` rests on, as written in the policy (`7d`). */
  readonly threshold: string | null;
  /** The call that the state rests on; null for a shape check and when nothing answered. */
  readonly evidence: Evidence | null;
  /**
   * The call that last said whether the token is alive. Newer than `evidence` where the state rests on a carried
   * finding; null for a shape check, when nothing answered, and in rows older than this field.
   */
  readonly answer: Evidence | null;
  readonly checkedAt: Date;
}
