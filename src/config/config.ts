import type { Policy } from "../token/policy.ts";
import type { Secret } from "../token/secret.ts";
import type { Source } from "../token/source.ts";
import type { Weekday } from "../token/zone.ts";
import type { LogLevel } from "./running-fields.ts";

/** One watch; has the shape of a `Watch` of the watch module, which this module may not import. */
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

/** The app secret given by META_APP_SECRET, or the source of a watch's own. */
export type AppSecretConfig =
  | { readonly kind: "given"; readonly secret: Secret }
  | { readonly kind: "source"; readonly source: Source };

/** What holds for a watch that does not say otherwise, and for a token that is checked without a watch. */
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

/** Where the bot remembers things. */
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
      /** Connections at most. */
      readonly pool: number;
    };

/** `require` encrypts but believes whoever answers; `ca` (PEM) is undefined for the public authorities. */
type PostgresTls =
  | { readonly kind: "disable" | "require" }
  | { readonly kind: "verify-full"; readonly ca: string | undefined };

/** How requests leave this machine; has the shape of the network module's `Proxies`. */
interface ProxyConfig {
  readonly https?: Secret | undefined;
  readonly http?: Secret | undefined;
  readonly none?: string | undefined;
}

/** Minutes of the day, from and until; until may be the smaller one. Never the same. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** How alerts reach people beyond their channel. */
export interface AlertConfig {
  /** Channel or user id. */
  readonly escalateTo?: string | undefined;
  readonly escalateAfterMs: number;
  /** Has the shape of the watch module's `QuietRules`; undefined when no time is quiet. */
  readonly quiet:
    | { readonly hours: QuietHours | undefined; readonly days: readonly Weekday[]; readonly timezone: string }
    | undefined;
  readonly fallbackChannel?: string | undefined;
}

/** The whole configuration, valid and typed. What a subcommand needs beyond that, `requireFor` says. */
export interface Config {
  readonly slack: {
    readonly botToken?: Secret | undefined;
    /** When set, Socket Mode. */
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
  /** Variables that hold a secret of ours: a command that reads a token runs without them. */
  readonly ownSecretNames: readonly string[];
  readonly schedule: string;
  readonly unknownAfterMs: number;
  readonly repeatCriticalMs: number;
  readonly alerts: AlertConfig;
  /** A cron expression of five fields, read by node-cron; undefined: no digest. */
  readonly digestSchedule: string | undefined;
  readonly timezone: string;
  readonly databaseUrl: Database;
  /** Whoever knows it can speak for the bot. */
  readonly heartbeatUrl: Secret | undefined;
  readonly logLevel: LogLevel;
  readonly guide: { readonly appName: string; readonly phoneNumberId?: string; readonly businessId?: string };
}
