import type { Expiry } from "./expiry.ts";
import type { Secret } from "./secret/secret.ts";

/** The proof of a statement: one call and Graph's answer to it. Safe to show, because it has no token and no query. */
export interface Evidence {
  /** Method and path without the query, for example `GET /debug_token`. */
  readonly call: string;
  readonly status: number | null;
  readonly code: number | null;
  readonly subcode: number | null;
  /** Graph's support ID (`fbtrace_id` or `x-fb-request-id`). */
  readonly trace: string | null;
  readonly at: Date;
}

export const FAILURE_KINDS = [
  "unreachable",
  "throttled",
  "misconfigured",
  "app_blocked",
  "malformed",
  "unreadable",
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Why an inspection gave no answer. It says nothing about the token. */
export interface InspectionFailure {
  readonly kind: FailureKind;
  /** Says which call failed and how. It is already redacted. words/ adds the next step. */
  readonly message: string;
  /** The wait that the answer asked for, in milliseconds. Null when it asked for none. */
  readonly retryAfterMs: number | null;
  readonly evidence: Evidence | null;
}

/** The parts of a Graph error that the rules use. The message is redacted. */
export interface GraphError {
  readonly code: number | null;
  readonly subcode: number | null;
  readonly message: string;
}

export const ASSET_KINDS = ["phone", "waba"] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

export const SENDINGS = ["available", "limited", "blocked"] as const;
export type Sending = (typeof SENDINGS)[number];

/** An object in a `health_status` report. */
export interface SendingEntity {
  /** Graph's name for the type, an open set: `PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP`… */
  readonly type: string;
  readonly id: string | null;
}

/** The result of a live read of a phone number or WhatsApp account with the inspected token. */
export type AssetReach =
  | {
      readonly reach: "reached";
      readonly name: string | null;
      /** Null when Graph did not say. */
      readonly sending: Sending | null;
      /** Meta's reasons for a limit or block, one plain text each. */
      readonly obstacles: readonly string[];
      /** The entities that limit or block sending. Absent when Graph named none. */
      readonly obstructing?: readonly SendingEntity[];
      /** The WhatsApp accounts that the object's health names. Absent when it names none. */
      readonly accounts?: readonly string[];
      /** Only for a phone number. Absent when Graph did not say. */
      readonly status?: string;
      readonly platform?: string;
    }
  | {
      readonly reach: "refused";
      readonly error: GraphError;
      /**
       * `app_blocked`: Meta refuses all calls of this app. `other_kind`: the ID belongs to another kind of object.
       * Absent: any other reason.
       */
      readonly why?: "app_blocked" | "other_kind";
      /** Graph's name for the other kind of object, such as `WhatsAppBusinessAccount`. */
      readonly node?: string;
    }
  /** The call failed (`failure`) or was not made (`failure: null`). */
  | { readonly reach: "not_known"; readonly failure: InspectionFailure | null; readonly proofRefused: boolean };

export type AssetFact = AssetReach & {
  readonly kind: AssetKind;
  readonly id: string;
  readonly evidence: Evidence | null;
  /** The time of an earlier read that is used instead of a new one. Absent for a new one. */
  readonly readAt?: Date | undefined;
};

/** Whether the token is alive. The source is `/debug_token`, or `/me` when no app secret is known. */
export type Liveness =
  | { readonly alive: true }
  | { readonly alive: false; readonly error: GraphError | null }
  /** `/debug_token` refused with "App_id in the input_token did not match": the token belongs to another app. */
  | { readonly alive: "other_app"; readonly error: GraphError };

/** The facts from Graph about one token. An unknown fact is null or `not_known`, never a guess. */
export interface Inspection {
  readonly token: TokenIdentity;
  readonly liveness: Liveness;
  /** The call that `liveness` comes from. */
  readonly evidence: Evidence;
  /** Graph's name for the token type, an open set: `USER`, `SYSTEM_USER`, `PAGE`, `APP`… */
  readonly type: string | null;
  readonly appId: string | null;
  readonly appName: string | null;
  readonly userId: string | null;
  readonly issuedAt: Date | null;
  readonly expiry: Expiry;
  readonly dataAccess: Expiry;
  readonly scopes: readonly string[] | null;
  /** The call that listed the scopes: `/debug_token`, or `/me/permissions` without an app secret. */
  readonly scopesEvidence: Evidence | null;
  readonly assets: readonly AssetFact[];
  /** The version in Graph's `facebook-api-version` header, and the version that we asked for. */
  readonly version: { readonly answered: string | null; readonly pinned: string };
  /** True when an app secret was known, so that `/debug_token` was asked. */
  readonly debugged: boolean;
  /** A call after `/me` that Meta refused because of `appsecret_proof`. Asset reads have their own flag. */
  readonly proofRefused: Evidence | null;
}

/** Facts with the call that proves them. Null: the call is not known any more. */
export interface Proven {
  readonly evidence: Evidence | null;
}

/** Identifies a token without showing it. Both fields are empty when the value is too short to be a token. */
export interface TokenIdentity {
  readonly fingerprint: string;
  readonly tail: string;
}

export type InspectionResult =
  | { readonly ok: true; readonly inspection: Inspection }
  /** `token` is null when the token's source could not be read. */
  | { readonly ok: false; readonly failure: InspectionFailure; readonly token: TokenIdentity | null };

/** The settings that an inspection needs. */
export interface Needs {
  /**
   * The Meta app whose app token asks `/debug_token`. Undefined: `/me`, `/me/permissions` and `/app` are asked instead.
   */
  readonly app: { readonly id: string; readonly secret: Secret } | undefined;
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
  /** Facts of earlier reads of these IDs, which are used near Meta's limit for the account. Absent: all reads are new. */
  readonly earlierReads?: readonly AssetFact[] | undefined;
}

/**
 * Asks Graph about one token. Does not throw when Graph or the network fails.
 * @throws {OwnTroubleError} when this process has run out of a resource
 */
export type Inspect = (secret: Secret, needs: Needs) => Promise<InspectionResult>;
