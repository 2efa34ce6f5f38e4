import type { Expiry } from "./expiry.ts";
import type { Finding, State } from "./findings/finding.ts";
import type { AssetKind, AssetReach, Evidence, InspectionFailure, Sending, TokenIdentity } from "./inspection.ts";

/** The facts about the token itself. `null` and `not_known` mean that Graph did not say. */
export interface TokenFacts extends TokenIdentity {
  readonly type: string | null;
  readonly appId: string | null;
  readonly appName: string | null;
  readonly userId: string | null;
  readonly issuedAt: Date | null;
  readonly expiry: Expiry;
  readonly dataAccess: Expiry;
  /** Null when no call listed the scopes. */
  readonly scopes: readonly string[] | null;
  /** Missing and extra scopes are empty when the scopes are not known or the token is dead. */
  readonly missingScopes: readonly string[];
  readonly extraScopes: readonly string[];
}

/** The failed reads of an ID, counted over the rounds of a watch. */
export interface Unread {
  /** The time of the first failed read. While `tries` is 0, the time of the last check with an answer. */
  readonly since: Date;
  /** The number of failed reads in a row. */
  readonly tries: number;
  /** When the ID was last read. Null when it never was. */
  readonly readAt: Date | null;
  /** True when the reads have failed for so long that people must know. */
  readonly lasting: boolean;
}

/** Whether the live read of an asset reached it. */
export const REACHES = ["reached", "refused", "not_known"] as const satisfies readonly AssetReach["reach"][];

/** The result of the live read of a phone number or WhatsApp account. */
export interface AssetVerdict {
  readonly kind: AssetKind;
  readonly id: string;
  readonly name: string | null;
  readonly reach: (typeof REACHES)[number];
  readonly sending: Sending | null;
  /** Set when the read was made and failed. */
  readonly failure: InspectionFailure | null;
  /** The time of an earlier read that is used instead of a new one. Absent for a read of this check. */
  readonly readAt?: Date | undefined;
  /** Only the rounds of a watch set it. Absent while the ID can be read. */
  readonly unread?: Unread | undefined;
}

/** The judgement of a token under a policy at one time. An `unknown` verdict has a failure and no finding. */
export interface Verdict {
  readonly state: State;
  /** Whether Graph called the token valid. Null when Graph did not say (no answer, another app, no call made). */
  readonly alive: boolean | null;
  /** Most severe first, at most one per code. A dead verdict has exactly one. */
  readonly findings: readonly Finding[];
  readonly failure: InspectionFailure | null;
  /** Null when the token's source could not be read. */
  readonly token: TokenFacts | null;
  readonly assets: readonly AssetVerdict[];
  /** The threshold behind `expires_soon`, as written in the policy (`7d`). Null when there is none. */
  readonly threshold: string | null;
  /** The call that proves the state. Null for a shape check and when nothing answered. */
  readonly evidence: Evidence | null;
  /**
   * The call that last showed whether the token is alive. It is newer than `evidence` when the state comes from a
   * carried-over finding. Null for a shape check, when nothing answered, and in rows that are older than this field.
   */
  readonly answer: Evidence | null;
  readonly checkedAt: Date;
}
