import type { GuideContext } from "../guide/context.ts";
import type { Proxies } from "../network/proxies.ts";
import type { QuietRules } from "../outbox/quiet.ts";
import type { Secret } from "../token/secret/secret.ts";
import type { Defaults, MetaApp } from "../watch/requirements.ts";
import type { Watch } from "../watch/watch.ts";
import type { LogLevel } from "./running-fields.ts";
import type { FleetLines } from "./fleet/fleet-lines.ts";
import type { FleetDefaults, FleetEntry } from "./watchlist-schema.ts";

/** Values for a watch that does not set its own, and for a token that is checked without a watch. */
export interface WatchDefaults extends Defaults {
  readonly channel?: string | undefined;
  readonly oncall?: string | undefined;
  readonly checkIntervalMs: number;
}

/** The database that stores watches and alerts. */
export type Database =
  | { readonly kind: "sqlite"; readonly path: string }
  | (PostgresAddress & {
      readonly tls: PostgresTls;
      /** Maximum number of connections. */
      readonly pool: number;
    });

export interface PostgresAddress {
  readonly kind: "postgres";
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: Secret | undefined;
}

/** A list of watches in another place, which the bot reads again while it runs. */
export interface Fleet {
  readonly name: string;
  readonly source: FleetEntry["fleet"];
  /** Values for lines that do not set their own. */
  readonly shared: FleetDefaults;
  readonly lines: FleetLines;
}

/** Escalation, quiet times and the fallback channel of alerts. */
export interface AlertConfig {
  /** A channel ID or a user ID. */
  readonly escalateTo?: string | undefined;
  readonly escalateAfterMs: number;
  /** Undefined: no quiet times. */
  readonly quiet: QuietRules | undefined;
  readonly fallbackChannel?: string | undefined;
}

/** The whole configuration, valid and typed. `requireFor` checks what each subcommand needs in addition. */
export interface Config {
  readonly slack: {
    readonly botToken?: Secret | undefined;
    /** When set, the bot uses Socket Mode. */
    readonly appToken?: Secret | undefined;
    readonly signingSecret?: Secret | undefined;
    /** Ends with `/api/`. */
    readonly apiUrl?: string | undefined;
    readonly port: number;
    /** ALLOWED_USERS and ADMIN_USERS. Undefined: everyone in the workspace. */
    readonly allowedUsers?: readonly string[] | undefined;
    /** The people who may renew tokens in Slack. Undefined: nobody. */
    readonly adminUsers?: readonly string[] | undefined;
  };
  readonly ops: { readonly host: string; readonly port: number };
  readonly graph: { readonly apiUrl: string; readonly version: string };
  readonly proxies: Proxies;
  readonly app?: MetaApp | undefined;
  readonly watches: readonly Watch[];
  readonly fleets: readonly Fleet[];
  /** The time between two readings of a fleet, in milliseconds. */
  readonly fleetRefreshMs: number;
  readonly defaults: WatchDefaults;
  /** Variables that hold the bot's own secrets. The command of an `exec:` source runs without them. */
  readonly ownSecretNames: readonly string[];
  readonly schedule: string;
  readonly unknownAfterMs: number;
  readonly repeatCriticalMs: number;
  readonly alerts: AlertConfig;
  /** A cron expression with five fields for node-cron. Undefined: no digest. */
  readonly digestSchedule: string | undefined;
  readonly timezone: string;
  readonly databaseUrl: Database;
  /** A secret, because anyone with this URL can send heartbeats in the bot's name. */
  readonly heartbeatUrl: Secret | undefined;
  /** The most inspections in flight. */
  readonly inspectionsAtOnce: number;
  /** The most watches with metrics of their own. */
  readonly metricsWatches: number;
  readonly logLevel: LogLevel;
  readonly guide: GuideContext;
}

/**
 * `require` encrypts the connection but does not verify the server's certificate. `ca` is PEM text. If it is
 * undefined, public certificate authorities are trusted.
 */
type PostgresTls =
  | { readonly kind: "disable" | "require" }
  | { readonly kind: "verify-full"; readonly ca: string | undefined };
