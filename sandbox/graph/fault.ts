import type { PathMatcher } from "./request.ts";

/** What goes wrong, instead of or on top of the normal answer. */
export type FaultEffect =
  | { readonly kind: "status"; readonly status: number; readonly body?: string }
  /** A Graph error of this code; status, message and the rest default to what comes with the code. */
  | {
      readonly kind: "error";
      readonly code: number;
      readonly subcode?: number;
      readonly status?: number;
      readonly type?: string;
      readonly message?: string;
      readonly transient?: boolean;
    }
  /** A limit: code 4 on calls without a WhatsApp object, else 80008. `waitMinutes` is told by the usage header. */
  | {
      readonly kind: "rate_limited";
      readonly code?: number;
      readonly status?: number;
      readonly waitMinutes?: number;
      readonly retryAfterSeconds?: number;
      readonly usageHeaders?: boolean;
    }
  /** A gateway's page, 502 unless said otherwise. */
  | { readonly kind: "html"; readonly status?: number }
  | { readonly kind: "empty"; readonly status?: number }
  /** The right answer, cut in half; the length header fits the half. */
  | { readonly kind: "truncated" }
  /** 200 and JSON by its header, noise by its bytes. */
  | { readonly kind: "garbage" }
  /** The right answer, padded to `bytes` (5 MB). */
  | { readonly kind: "big"; readonly bytes?: number }
  /** 302 to the same path. */
  | { readonly kind: "redirect_loop" }
  /** The right answer under a content-length that is off by `by` (100) bytes, then the connection ends. */
  | { readonly kind: "wrong_length"; readonly by?: number }
  /** The request is taken and never answered. */
  | { readonly kind: "hang" }
  | { readonly kind: "reset" }
  /** The right answer after a wait in real time. */
  | { readonly kind: "slow"; readonly delayMs: number };

export type Fault = FaultEffect & {
  /** Absent: every call. */
  readonly path?: PathMatcher;
  /** How often it happens; 1 by default, `Infinity` until taken away. */
  readonly times?: number;
};

export interface Faults {
  /** Adds a fault and returns the function that takes it away. */
  readonly add: (fault: Fault) => () => void;
  readonly clear: () => void;
}
