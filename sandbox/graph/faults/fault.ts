import type { PathMatcher } from "../request.ts";

/** The effect of a fault, which replaces or changes the normal answer. */
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
  | { readonly kind: "slow"; readonly delayMs: number };

export type Fault = FaultEffect & {
  /** Without a path the fault applies to every call. */
  readonly path?: PathMatcher;
  /** How many calls the fault applies to: 1 by default, `Infinity` until it is removed. */
  readonly times?: number;
};

export interface Faults {
  /** Adds a fault and returns a function that removes it. */
  readonly add: (fault: Fault) => () => void;
  readonly clear: () => void;
}
