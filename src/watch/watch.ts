// watch/ is the core that nobody asks: which watches are due, what a verdict changes, when people are told, and that it
// reaches them. It imports token/ and its own files; cron.ts alone imports node-cron. Stores and Slack are reached through
// ports.ts and outbox.ts. To add a change people see: its reason in alert.ts, the rule in transition.ts, a row in the
// transition table of the tests. To add a kind of message: CONTRIBUTING.md.
import type { Policy } from "../token/policy.ts";
import type { Secret } from "../token/secret.ts";
import type { Source } from "../token/source.ts";

/** The secret of a watch's Meta app: given in the bot's configuration, or read from a source at every inspection. */
export type AppSecret =
  | { readonly kind: "given"; readonly secret: Secret }
  | { readonly kind: "source"; readonly source: Source };

/** Standing order to inspect one deployed token. */
export interface Watch {
  /** Its identity: letters, digits, `-`, `_`, `.`. */
  readonly name: string;
  readonly source: Source;
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
  readonly app: { readonly id: string; readonly secret: AppSecret } | undefined;
  /** Slack channel id for its alerts; `run` and `round` need one, `check` does not. */
  readonly channel: string | undefined;
  /** Slack user id of the person to mention. */
  readonly owner: string | undefined;
  /** Slack user or user group id to mention as well when it is critical. */
  readonly oncall: string | undefined;
  /** What stops working when the token dies. */
  readonly consumers: readonly string[];
  readonly policy: Policy;
  readonly checkIntervalMs: number;
}

/** The part of a watch that an alert shows; kept with the alert, so that it can be told after the watch is gone. */
export interface WatchCard {
  readonly name: string;
  readonly channel: string;
  readonly owner: string | undefined;
  readonly oncall: string | undefined;
  readonly consumers: readonly string[];
  readonly source: string;
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
  /** The Meta app whose secret asks about its token; undefined when there is none. */
  readonly appId: string | undefined;
}
