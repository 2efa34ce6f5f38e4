import type { Secret } from "../token/secret/secret.ts";
import type { Source } from "../token/secret/source.ts";
import type { AuditEntry } from "./audit.ts";
import type { ExchangeRefusal } from "./detail.ts";
import type { Renewal } from "./renewal.ts";

/** A place that the operator named for the new token. `source` in the configuration is resolved to the source. */
export type WriteTarget = Extract<Source, { kind: "file" | "dotenv" | "exec" }>;

/** Where the running app tells the fingerprint of its token. */
export type Proof =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "exec"; readonly argv: readonly [string, ...string[]] };

/** The `renew` settings of one watch. */
export interface RenewSettings {
  /** Undefined: the bot writes nothing; a person saves the token. */
  readonly write: WriteTarget | undefined;
  /** Milliseconds before the end at which a refresh starts by itself; undefined: never. */
  readonly beforeMs: number | undefined;
  /** Empty: a person confirms. */
  readonly proofs: readonly Proof[];
}

/** The credentials of the token's Meta app. */
export interface AppCredentials {
  readonly id: string;
  readonly secret: Secret;
}

export type Exchanged =
  /** The same string with a later end, or a new string. The inspection decides what it is worth. */
  | { readonly ok: true; readonly secret: Secret }
  | { readonly ok: false; readonly kind: "refused"; readonly refusal: ExchangeRefusal; readonly message: string }
  /** No readable answer. Meta may have made a token. */
  | { readonly ok: false; readonly kind: "unanswered"; readonly message: string };

/** Meta's exchange call: one try. Never throws because of Graph or the network. Messages hold no token and no query. */
export type Exchange = (secret: Secret, app: AppCredentials) => Promise<Exchanged>;

/** Ends `old`. An inspection decides whether it worked; the answer only explains a refusal. Never throws. */
export type Revoke = (
  old: Secret,
  current: Secret,
  app: AppCredentials,
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly message: string }>;

export type Written =
  | { readonly ok: true }
  /** The place does not hold the value that was read at the start. Nothing was written. */
  | { readonly ok: false; readonly kind: "changed" }
  | { readonly ok: false; readonly kind: "failed"; readonly message: string };

/** The value at a place; `secret: null` when the place exists and is empty, or is a command. */
export type Held =
  | { readonly ok: true; readonly secret: Secret | null }
  | { readonly ok: false; readonly message: string };

/** Saves tokens in the place that the operator named, and nowhere else. No method throws because of disk or command. */
export interface TokenWriter {
  /** Checks the place and reads its present value. Changes nothing. */
  readonly check: (target: WriteTarget) => Promise<Held>;
  /** Saves only when the place still holds `expected`. For a file, the old value goes to `.previous`. */
  readonly save: (target: WriteTarget, secret: Secret, expected: Secret | null) => Promise<Written>;
  /** The value in `.previous`; null when there is none. A command has none. */
  readonly previous: (target: WriteTarget) => Promise<Held>;
  /** Writes `.previous` back, only when the place holds a token with the fingerprint `ours`. Then removes `.previous`. */
  readonly putBack: (target: WriteTarget, ours: string) => Promise<Written>;
  /** Removes what a crash left beside the place. A save does it too. */
  readonly clean: (target: WriteTarget) => Promise<void>;
  /** Removes `.previous`. Does nothing when there is none. */
  readonly dropPrevious: (target: WriteTarget) => Promise<void>;
}

/** The fingerprints that one consumer uses, or why it gave none. Never follows a redirect. Never throws. */
export type ReadProof = (
  proof: Proof,
) => Promise<
  { readonly ok: true; readonly fingerprints: readonly string[] } | { readonly ok: false; readonly message: string }
>;

/** Keeps renewals, their message and the audit. The WatchStore implements it. */
export interface RenewalStore {
  /**
   * Opens a renewal and its message, with its audit entries. Returns what prevents it: an open renewal of the same
   * watch, or an open one of another watch that saves to the same place.
   */
  startRenewal(renewal: Renewal, entries: readonly AuditEntry[]): Promise<{ readonly open: Renewal } | null>;
  /** Saves the next revision with its thread lines. Returns false when another program or person was faster. */
  saveRenewal(renewal: Renewal, entries: readonly AuditEntry[]): Promise<boolean>;
  /** The latest renewal of a watch, open or not. */
  findRenewal(watch: string): Promise<Renewal | undefined>;
  renewalById(id: string): Promise<Renewal | undefined>;
  /** All open ones, and ended ones that may still have a `.previous`. */
  renewals(): Promise<readonly Renewal[]>;
  /** Claims the work on a renewal (`working`), so that one replica polls or writes. False: another one has it. */
  claimRenewal(id: string, now: Date, leaseMs: number): Promise<boolean>;
  releaseRenewal(id: string): Promise<void>;
  record(entries: readonly AuditEntry[]): Promise<void>;
  /** Newest first, of one watch or of all. */
  audit(options: {
    readonly watch?: string | undefined;
    readonly since?: Date | undefined;
    readonly limit: number;
  }): Promise<readonly AuditEntry[]>;
}
