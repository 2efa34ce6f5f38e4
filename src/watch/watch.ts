// watch/ is the core that runs by itself. It decides which watches are due, checks them in rounds, and writes the
// digest and the message after an absence. It imports token/, alert/, renewal/ and outbox/; only cron.ts imports node-cron. It
// reaches stores through ports.ts.
import type { RenewSettings } from "../renewal/ports.ts";
import type { Policy } from "../token/policy.ts";
import type { Secret } from "../token/secret/secret.ts";
import type { Source } from "../token/secret/source.ts";

/** A deployed token to inspect regularly, with its settings. */
export interface Watch {
  /** The unique name: letters, digits, `-`, `_`, `.`. */
  readonly name: string;
  readonly source: Source;
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
  readonly app: { readonly id: string; readonly secret: AppSecret } | undefined;
  /** Slack channel ID for its alerts. `run` and `round` need one, `check` does not. */
  readonly channel: string | undefined;
  /** Slack user ID of the person to mention. */
  readonly owner: string | undefined;
  /** Slack user or user group ID that critical alerts also mention. */
  readonly oncall: string | undefined;
  /** The services that stop working when the token dies. */
  readonly consumers: readonly string[];
  readonly policy: Policy;
  readonly checkIntervalMs: number;
  /** How its token is renewed. */
  readonly renew: RenewSettings;
}

/** The secret of a watch's Meta app: from the bot's configuration, or read from a source at every inspection. */
type AppSecret =
  | { readonly kind: "given"; readonly secret: Secret }
  | { readonly kind: "source"; readonly source: Source };
