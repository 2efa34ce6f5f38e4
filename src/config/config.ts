import type { Policy } from "../token/policy.ts";
import type { Secret } from "../token/secret/secret.ts";
import type { Source } from "../token/secret/source.ts";
import type { Weekday } from "../token/zone.ts";
import type { LogLevel } from "./running-fields.ts";

/** One watch. Has the same shape as `Watch` in watch/, which config/ may not import. */
export interface WatchConfig {
  readonly name: string;
  readonly source: Source;
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
  readonly app: { readonly id: string; readonly secret: AppSecretConfig } | undefined;
  readonly channel: string | undefined;
  readonly owner: string | undefined;
  readonly oncall: string | undefined;
  readonly consumers: readonly string[];
  readonly policy: Policy;
  readonly checkIntervalMs: number;
}

/** The app secret from META_APP_SECRET, or the source of the app secret that a watch sets for itself. */
export type AppSecretConfig =
  | { readonly kind: "given"; readonly secret: Secret }
  | { readonly kind: "source"; readonly source: Source };

/** Values for a watch that does not set its own, and for a token that is checked without a watch. */
export interface WatchDefaults {
  readonly policy: Policy;
  readonly phoneNumberId?: string | undefined;
  readonly whatsappBusinessAccountId?: string | undefined;
  readonly channel?: string | undefined;
  readonly oncall?: string | undefined;
  readonly checkIntervalMs: number;
}

export interface MetaApp {
  readonly id: string;
  readonly secret: Secret;
}

/** The database that stores watches and alerts. */
export type Database =
  | { readonly kind: "sqlite"; readonly path: string }
  | {
      readonly kind: "postgres";
      readonly host: string;
      readonly port: number;
      readonly database: string;
      readonly user: string;
      readonly password: Secret | undefined;
      readonly tls: PostgresTls;
      /** Maximum number of connections. */
      readonly pool: number;
    };

/** Minutes after midnight. `toMinute` is smaller when the hours cross midnight; the two are never equal. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** Escalation, quiet times and the fallback channel of alerts. */
export interface AlertConfig {
  /** A channel ID or a user ID. */
  readonly escalateTo?: string | undefined;
  readonly escalateAfterMs: number;
  /** Has the same shape as `QuietRules` in outbox/. Undefined: no quiet times. */
  readonly quiet:
    | { readonly hours: QuietHours | undefined; readonly days: readonly Weekday[]; readonly timezone: string }
    | undefined;
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
    /** Undefined: everyone in the workspace. */
    readonly allowedUsers?: readonly string[] | undefined;
  };
  readonly ops: { readonly host: string; readonly port: number };
  readonly graph: { readonly apiUrl: string; readonly version: string };
  readonly proxies: ProxyConfig;
  readonly app?: MetaApp | undefined;
  readonly watches: readonly WatchConfig[];
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
  readonly logLevel: LogLevel;
  readonly guide: { readonly appName: string; readonly phoneNumberId?: string; readonly businessId?: string };
}

/**
 * `require` encrypts the connection but does not verify the server's certificate. `ca` is PEM text. If it is
 * undefined, public certificate authorities are trusted.
 */
type PostgresTls =
  | { readonly kind: "disable" | "require" }
  | { readonly kind: "verify-full"; readonly ca: string | undefined };

/** The proxies for outgoing requests. Has the same shape as `Proxies` in network/. */
interface ProxyConfig {
  readonly https?: Secret | undefined;
  readonly http?: Secret | undefined;
  readonly none?: string | undefined;
}
