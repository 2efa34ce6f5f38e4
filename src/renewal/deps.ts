import type { Logger } from "pino";
import type { WatchSnapshot } from "../alert/watch-snapshot.ts";
import type { Finding } from "../token/findings/finding.ts";
import type { Secret } from "../token/secret/secret.ts";
import type { SourceReading } from "../token/secret/source.ts";
import type { Verdict } from "../token/verdict.ts";
import type {
  AppCredentials,
  Exchange,
  ReadProof,
  RenewalStore,
  RenewSettings,
  Revoke,
  TokenWriter,
  WriteTarget,
} from "./ports.ts";
import type { Actor, Place, Renewal } from "./renewal.ts";

/** Everything that renews tokens needs. Watches are named, because renewal/ does not know watch/. */
export interface RenewerDeps {
  readonly exchange: Exchange;
  readonly revoke: Revoke;
  readonly writer: TokenWriter;
  readonly readProof: ReadProof;
  readonly store: Omit<RenewalStore, "audit">;
  /** The watch as it is configured now. Undefined: this program has no watch of this name. */
  readonly card: (watch: string) => WatchSnapshot | undefined;
  /**
   * True when a watch without a card was removed, so that its renewal ends. False for a program that may not have all
   * watches: a command with another watchlist, or a fleet that could not be read.
   */
  readonly isRemoved: (watch: string) => boolean;
  readonly settings: (watch: string) => RenewSettings;
  /** The watches with `before` whose tokens may end within it, with their last verdicts. */
  readonly unattended: () => AsyncIterable<{ readonly watch: string; readonly verdict: Verdict }>;
  /** The place of a target. Two names of the same place have the same key. */
  readonly placeOf: (target: WriteTarget) => Place;
  /** The permissions that the watch requires. */
  readonly scopes: (watch: string) => readonly string[];
  /** The Meta app of the watch, or else the bot's. `app: null`: none is configured. */
  readonly app: (
    watch: string,
  ) => Promise<
    { readonly ok: true; readonly app: AppCredentials | null } | { readonly ok: false; readonly message: string }
  >;
  /** Inspects a token under the requirements of a watch, without its stored state. */
  readonly examine: (watch: string, secret: Secret) => Promise<Verdict>;
  readonly readSource: (watch: string) => Promise<SourceReading>;
  /** The last saved verdict of every watch; null before the first. */
  readonly verdicts: () => Promise<ReadonlyMap<string, Verdict | null>>;
  /** True when checks of a watch have had no answer for as long as an alert waits until it says so. */
  readonly isUnanswered: (watch: string) => Promise<boolean>;
  /** The shortest threshold of a watch, in milliseconds before the end. Inside it, a problem is critical. */
  readonly criticalMs: (watch: string) => number;
  /** Inspects these watches at once and saves the results, as a round does. */
  readonly inspectNow: (watches: readonly string[]) => Promise<unknown>;
  /** Acknowledges the open alert of a watch for a person. Does nothing without one. A snooze stays. */
  readonly acknowledge: (watch: string, by: Actor) => Promise<void>;
  /** The sentence of a finding, from words/. */
  readonly textOf: (finding: Finding, verdict: Verdict) => string;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  readonly newId: () => string;
  readonly log: Logger;
  /** True in the bot: `start` and `give` return after the write, and polling continues in the background. */
  readonly background: boolean;
  /**
   * Called after every saved change, to wake the courier and to count outcomes. Must not throw.
   * @param ends true when this change ended the renewal. An ended renewal can change again
   */
  readonly onSaved?: ((renewal: Renewal, ends: boolean) => void) | undefined;
  /** Ends the polling when the program stops. */
  readonly signal?: AbortSignal | undefined;
}

/** How long `settle` polls, in milliseconds. */
export interface Patience {
  readonly readBackMs: number;
  readonly inUseMs: number;
}
