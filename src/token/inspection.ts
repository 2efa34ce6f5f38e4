import type { Expiry } from "./expiry.ts";
import type { Secret } from "./secret.ts";

/** What a statement rests on: one call and what Graph answered to it. Safe to show: holds no token and no query. */
export interface Evidence {
  /** Method and path without the query, for example `GET /debug_token`. */
  readonly call: string;
  readonly status: number | null;
  readonly code: number | null;
  readonly subcode: number | null;
  /** Graph's support id (`fbtrace_id` or `x-fb-request-id`). */
  readonly trace: string | null;
  readonly at: Date;
}

export type FailureKind = "unreachable" | "throttled" | "misconfigured" | "app_blocked" | "malformed" | "unreadable";

/** Why we could not find out. Says nothing about the token. */
export interface InspectionFailure {
  readonly kind: FailureKind;
  /** What happened to which call; already free of secrets. words/ says what to do next. */
  readonly message: string;
  /** A wait that the answer itself asked for. */
  readonly retryAfterMs: number | null;
  readonly evidence: Evidence | null;
}

/** A Graph error as the rules need it; the message is redacted. */
export interface GraphError {
  readonly code: number | null;
  readonly subcode: number | null;
  readonly message: string;
}

export type AssetKind = "phone" | "waba";
export type Sending = "available" | "limited" | "blocked";

/** Something that `health_status` reports about. */
export interface SendingEntity {
  /** Graph's word, an open set: `PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP`… */
  readonly type: string;
  readonly id: string | null;
}

/** What a live read of a phone number or WhatsApp account with the inspected token gave. */
export type AssetReach =
  | {
      readonly reach: "reached";
      readonly name: string | null;
      /** Null when Graph did not say. */
      readonly sending: Sending | null;
      /** What Meta says about a limit or block, one plain text each. */
      readonly obstacles: readonly string[];
      /** The entities that limit or block; absent when Graph named none. */
      readonly obstructing?: readonly SendingEntity[];
      /** The WhatsApp accounts that a phone number's health names; absent when it names none. */
      readonly accounts?: readonly string[];
      /** Of a phone number; absent when Graph did not say. */
      readonly status?: string;
      readonly platform?: string;
    }
  | {
      readonly reach: "refused";
      readonly error: GraphError;
      /** `app_blocked`: no call of this app is answered. `other_kind`: the id is one of another kind of object. Absent: any other. */
      readonly why?: "app_blocked" | "other_kind";
      /** Graph's name for that other kind, such as `WhatsAppBusinessAccount`. */
      readonly node?: string;
    }
  /** The call failed (`failure`) or was not made (`failure: null`). */
  | { readonly reach: "not_known"; readonly failure: InspectionFailure | null; readonly proofRefused: boolean };

export type AssetFact = AssetReach & {
  readonly kind: AssetKind;
  readonly id: string;
  readonly evidence: Evidence | null;
};

/** Is it alive? Rests on `/debug_token`, or on `/me` when no app secret is known. */
export type Liveness =
  | { readonly alive: true }
  | { readonly alive: false; readonly error: GraphError | null }
  /** `/debug_token` refused with "App_id in the input_token did not match": a token of another app. */
  | { readonly alive: "other_app"; readonly error: GraphError };

/** The facts that Graph gave about one token. Not known is null (or `not_known`), never a guess. */
export interface Inspection {
  readonly token: TokenIdentity;
  readonly liveness: Liveness;
  /** Of the call that `liveness` rests on. */
  readonly evidence: Evidence;
  /** Graph's word, an open set: `USER`, `SYSTEM_USER`, `PAGE`, `APP`… */
  readonly type: string | null;
  readonly appId: string | null;
  readonly appName: string | null;
  readonly userId: string | null;
  readonly issuedAt: Date | null;
  readonly expiry: Expiry;
  readonly dataAccess: Expiry;
  readonly scopes: readonly string[] | null;
  /** Of the call that told the scopes: `/debug_token`, or `/me/permissions` without an app secret. */
  readonly scopesEvidence: Evidence | null;
  readonly assets: readonly AssetFact[];
  /** `facebook-api-version` of the answer and the version we asked for. */
  readonly version: { readonly answered: string | null; readonly pinned: string };
  /** True when an app secret was known, so that `/debug_token` was asked. */
  readonly debugged: boolean;
  /** Side calls refused over `appsecret_proof`. */
  readonly proofRefused: Evidence | null;
}

/** Names a token without showing it; both are empty for a value too short to be one. */
export interface TokenIdentity {
  readonly fingerprint: string;
  readonly tail: string;
}

export type InspectionResult =
  | { readonly ok: true; readonly inspection: Inspection }
  /** `token` is null when its source could not be read. */
  | { readonly ok: false; readonly failure: InspectionFailure; readonly token: TokenIdentity | null };

/** What must be known to ask Graph about a token for one purpose. */
export interface Needs {
  /** The Meta app whose app token asks `/debug_token`; undefined: `/me` and friends only. */
  readonly app: { readonly id: string; readonly secret: Secret } | undefined;
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
}

/**
 * Asks Graph about one token. Never throws for anything Graph or the network does; throws `OwnTroubleError` when this
 * process has run out of a resource.
 */
export type Inspect = (secret: Secret, needs: Needs) => Promise<InspectionResult>;
