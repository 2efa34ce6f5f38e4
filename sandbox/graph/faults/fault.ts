import type { PathMatcher } from "../request.ts";

/**
 * The effect of a fault, which replaces or changes the normal answer. `error` and `rate_limited` refuse the call, so a
 * refresh or revoke has no effect. With every other fault it takes effect, and only the answer is spoiled or lost.
 */
export type FaultEffect =
  | { readonly kind: "status"; readonly status: number; readonly body?: string }
  /** A Graph error with this code; status, message and the other fields default to the usual ones of the code. */
  | {
      readonly kind: "error";
      readonly code: number;
      readonly subcode?: number;
      readonly status?: number;
      readonly type?: string;
      readonly message?: string;
      readonly transient?: boolean;
    }
  /**
   * A rate limit: code 4 on calls without a WhatsApp object, otherwise 80008. The usage header contains `waitMinutes`.
   */
  | {
      readonly kind: "rate_limited";
      readonly code?: number;
      readonly status?: number;
      readonly waitMinutes?: number;
      readonly retryAfterSeconds?: number;
      readonly usageHeaders?: boolean;
    }
  /** The correct answer, with the used share of the hourly limit: of the account for a WhatsApp object, else of the app. */
  | { readonly kind: "near_limit"; readonly percent: number; readonly waitMinutes?: number }
  /** An HTML page of a gateway, 502 by default. */
  | { readonly kind: "html"; readonly status?: number }
  | { readonly kind: "empty"; readonly status?: number }
  /** The first half of the correct answer; the length header matches the half. */
  | { readonly kind: "truncated" }
  /** Status 200 with a JSON header, but the body is noise. */
  | { readonly kind: "garbage" }
  /** The correct answer, padded to `bytes` (5 MB by default). */
  | { readonly kind: "big"; readonly bytes?: number }
  /** 302 to the same path. */
  | { readonly kind: "redirect_loop" }
  /** The correct answer with a content-length that is off by `by` (100 by default) bytes, then the connection ends. */
  | { readonly kind: "wrong_length"; readonly by?: number }
  /** The request is accepted and never answered. */
  | { readonly kind: "hang" }
  | { readonly kind: "reset" }
  /** The correct answer after a delay in real time. */
  | { readonly kind: "slow"; readonly delayMs: number }
  /** The refresh succeeds, but its token or answer is not as it should be. Only for `/oauth/access_token`. */
  | { readonly kind: "refresh"; readonly gives: OddRefresh }
  /** Graph confirms that it revoked the token, but the token stays alive. Only for `/oauth/revoke`. */
  | { readonly kind: "revoke_ignored" };

/**
 * `same_token`: the same string with a later end. `sooner_end`: it ends before the old one. `no_assets`: it reaches no
 * number and no account.
 */
export type OddRefresh =
  | "no_token"
  | "empty_token"
  | "short_token"
  | "same_token"
  | "token_of_other_app"
  | "sooner_end"
  | "fewer_permissions"
  | "no_assets"
  | "no_expires_in"
  | "absurd_expires_in";

export type Fault = FaultEffect & {
  /** Without a path the fault applies to every call, or to the only call of its kind. */
  readonly path?: PathMatcher;
  /** How many calls the fault applies to: 1 by default, `Infinity` until it is removed. */
  readonly times?: number;
};

export interface Faults {
  /** Adds a fault and returns a function that removes it. */
  readonly add: (fault: Fault) => () => void;
  readonly clear: () => void;
}

/** The path of a fault that names none; undefined: every call. */
export function pathOf(fault: Fault): PathMatcher | undefined {
  return fault.path ?? ONLY_PATHS[fault.kind];
}

const ONLY_PATHS: { readonly [kind in FaultEffect["kind"]]?: string } = {
  refresh: "/oauth/access_token",
  revoke_ignored: "/oauth/revoke",
};
