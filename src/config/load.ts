import { holdSecrets, secretsIn } from "../token/secret/held.ts";
import { containsTokenShape } from "../token/secret/shape.ts";
import type { MetaApp } from "../watch/requirements.ts";
import type { Watch } from "../watch/watch.ts";
import type { AlertConfig, Config, Database, WatchDefaults } from "./config.ts";
import { nodeDebugProblems, pairProblems, tlsProblems } from "./cross-checks.ts";
import { type DatabaseUrl, readCertificates } from "./database-url.ts";
import { ownSecretNames } from "./own-secrets.ts";
import { inTableOrder, misplacedToken, type Problem, shownPath, variableOf } from "./problem.ts";
import { DEFAULTS, type Environment, EnvironmentSchema } from "./schema.ts";
import { cannotBeRead, readSecretFiles, type ReadFile } from "./secret-files.ts";
import { createFleetLines } from "./fleet/fleet-line.ts";
import { renewalProblems } from "./renewal/settings.ts";
import { VARIABLE_TABLE, type VariableName } from "./variables.ts";
import { configWarnings } from "./warnings.ts";
import { DEFAULT_WATCH, watchFromEntry, watchFromSource } from "./watches.ts";
import type { Watchlist } from "./watchlist.ts";

export interface ConfigInput {
  /** The process environment. It takes precedence over `.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The parsed `.env`; undefined when there is none. */
  readonly dotenv: Readonly<Record<string, string>> | undefined;
  /** Returns the text of a file; throws when the file cannot be read. */
  readonly readFile: ReadFile;
}

export type ConfigResult = {
  /** Probable mistakes that do not stop the program. */
  readonly warnings: readonly Problem[];
} & (
  | { readonly ok: true; readonly config: Config }
  /** `usable` is the configuration as if the variables with problems were not set. */
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly usable: Config }
);

/**
 * Returns the configuration, or all problems in a fixed order. Messages contain no secret and no token. Also registers
 * the secrets of the configuration for redaction, so that texts from other programs cannot repeat them.
 */
export async function loadConfig(input: ConfigInput): Promise<ConfigResult> {
  const result = await readConfig(input);
  holdSecrets(secretsIn(result));
  return result;
}

/** Variables for which an empty value has a meaning of its own. */
const EMPTY_MEANS: ReadonlySet<string> = new Set(
  VARIABLE_TABLE.filter(({ emptyMeans }) => emptyMeans !== undefined).map(({ name }) => name),
);

/** Other programs read these names in lower case first, then in upper case. The bot does the same. */
const IN_BOTH_CASES: ReadonlySet<string> = new Set(["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] satisfies VariableName[]);

function spellingsOf(name: string): readonly string[] {
  return IN_BOTH_CASES.has(name) ? [name.toLowerCase(), name] : [name];
}

/** Trims values. An empty value counts as not set, except for variables where empty has a meaning of its own. */
function getter({ env, dotenv }: ConfigInput) {
  return (name: string): string | undefined =>
    [env, dotenv]
      .flatMap((values) => spellingsOf(name).map((spelling) => values?.[spelling]))
      .map((value) => value?.trim())
      .find((value) => value !== undefined && (value !== "" || EMPTY_MEANS.has(name)));
}

type Get = (name: string) => string | undefined;

/** Non-secret variables that contain a token. They are not parsed, so no message can repeat the token. */
function misplacedTokens(get: Get): readonly Problem[] {
  return VARIABLE_TABLE.filter(({ name, secret }) => !secret && containsTokenShape(get(name) ?? "")).map(({ name }) =>
    misplacedToken(name),
  );
}

async function readWatchlist(path: string | undefined, readFile: ReadFile): Promise<Watchlist> {
  if (path === undefined) return { entries: [], fleets: [], problems: [] };
  // Loaded only when there is a watchlist, because the YAML package has seventy files, which slow down every start.
  const { parseWatchlist } = await import("./watchlist.ts");
  try {
    return parseWatchlist(readFile(path));
  } catch (error) {
    const message = `WATCHLIST: the file ${shownPath(path)} ${cannotBeRead(error)}`;
    return { entries: [], fleets: [], problems: [{ name: "WATCHLIST", message }] };
  }
}

function watchesOf(
  values: Environment,
  watchlist: Watchlist,
  defaults: WatchDefaults,
  app: MetaApp | undefined,
  get: Get,
): readonly Watch[] {
  if (get("WATCHLIST") !== undefined) return watchlist.entries.map((entry) => watchFromEntry(entry, defaults, app));
  const given = ["WHATSAPP_ACCESS_TOKEN", "WHATSAPP_ACCESS_TOKEN_FILE", "WHATSAPP_TOKEN_SOURCE"].some(
    (name) => get(name) !== undefined,
  );
  const renew = { write: values.RENEW_WRITE, before: values.RENEW_BEFORE, proof: values.RENEW_PROOF };
  return given ? [watchFromSource(DEFAULT_WATCH, values.WHATSAPP_TOKEN_SOURCE, defaults, app, renew)] : [];
}

/** Admins may see what viewers see. Undefined: everyone in the workspace may. */
function viewersOf({ ALLOWED_USERS: viewers, ADMIN_USERS: admins = [] }: Environment): readonly string[] | undefined {
  return viewers === undefined ? undefined : [...new Set([...viewers, ...admins])];
}

function databaseOf(url: DatabaseUrl, pool: number, ca: string | undefined): Database {
  if (url.kind === "sqlite") return url;
  const { caPath: _, tls, ...server } = url;
  return { ...server, tls: tls === "verify-full" ? { kind: tls, ca } : { kind: tls }, pool };
}

function alertsOf(values: Environment): AlertConfig {
  const { QUIET_HOURS: hours, QUIET_DAYS: days = [], TIMEZONE: timezone } = values;
  return {
    escalateTo: values.ESCALATE_TO,
    escalateAfterMs: values.ESCALATE_AFTER.ms,
    quiet: hours === undefined && days.length === 0 ? undefined : { hours, days, timezone },
    fallbackChannel: values.FALLBACK_CHANNEL,
  };
}

function compose(values: Environment, watchlist: Watchlist, ca: string | undefined, get: Get): Config {
  const { META_APP_ID: appId, META_APP_SECRET: appSecret } = values;
  const app = appId !== undefined && appSecret !== undefined ? { id: appId, secret: appSecret } : undefined;
  const defaults: WatchDefaults = {
    policy: { requiredScopes: values.REQUIRED_SCOPES, warnAt: values.WARN_AT, appId },
    phoneNumberId: values.WHATSAPP_PHONE_NUMBER_ID,
    whatsappBusinessAccountId: values.WHATSAPP_BUSINESS_ACCOUNT_ID,
    channel: values.ALERT_CHANNEL,
    oncall: values.ONCALL,
    checkIntervalMs: values.CHECK_INTERVAL.ms,
  };
  const { phoneNumberId, whatsappBusinessAccountId: accountId } = defaults;
  const businessId = values.META_BUSINESS_ID;
  const watches = watchesOf(values, watchlist, defaults, app, get);
  return {
    slack: {
      botToken: values.SLACK_BOT_TOKEN,
      appToken: values.SLACK_APP_TOKEN,
      signingSecret: values.SLACK_SIGNING_SECRET,
      apiUrl: values.SLACK_API_URL,
      port: values.PORT,
      allowedUsers: viewersOf(values),
      adminUsers: values.ADMIN_USERS,
    },
    ops: { host: values.OPS_HOST, port: values.OPS_PORT },
    graph: { apiUrl: values.GRAPH_API_URL, version: values.GRAPH_API_VERSION },
    proxies: { https: values.HTTPS_PROXY, http: values.HTTP_PROXY, none: values.NO_PROXY },
    app,
    watches,
    fleets: watchlist.fleets.map(({ name, fleet: source, ...shared }) => {
      const given = { name, source, shared };
      return { ...given, lines: createFleetLines(given, { defaults, app, watches }) };
    }),
    fleetRefreshMs: values.FLEET_REFRESH.ms,
    ownSecretNames: ownSecretNames(watches, watchlist.fleets),
    defaults,
    schedule: values.SCHEDULE,
    unknownAfterMs: values.UNKNOWN_AFTER.ms,
    repeatCriticalMs: values.REPEAT_CRITICAL_EVERY.ms,
    alerts: alertsOf(values),
    digestSchedule: values.DIGEST_SCHEDULE,
    timezone: values.TIMEZONE,
    databaseUrl: databaseOf(values.DATABASE_URL, values.DATABASE_POOL, ca),
    heartbeatUrl: values.HEARTBEAT_URL,
    inspectionsAtOnce: values.INSPECTIONS_AT_ONCE,
    metricsWatches: values.METRICS_WATCHES,
    logLevel: values.LOG_LEVEL,
    guide: {
      appName: values.GUIDE_APP_NAME,
      ...(appId === undefined ? {} : { appId }),
      ...(phoneNumberId === undefined ? {} : { phoneNumberId }),
      ...(accountId === undefined ? {} : { accountId }),
      ...(businessId === undefined ? {} : { businessId }),
    },
  };
}

async function readConfig(input: ConfigInput): Promise<ConfigResult> {
  const get = getter(input);
  const files = readSecretFiles(get, input.readFile);
  const misplaced = misplacedTokens(get);
  const rawWithout = (refused: ReadonlySet<string>) =>
    Object.fromEntries(
      VARIABLE_TABLE.map(({ name }) => [
        name,
        refused.has(name) ? DEFAULTS[name] : (files.values[name] ?? get(name) ?? DEFAULTS[name]),
      ]),
    );
  const raw = rawWithout(new Set(misplaced.map(({ name }) => name)));
  const parsed = EnvironmentSchema.safeParse(raw);
  const wrong = (parsed.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    return { name, message: `${name} ${issue.message}` };
  });
  const watchlist = await readWatchlist(raw["WATCHLIST"], input.readFile);
  const certificates = readCertificates(raw["DATABASE_URL"] ?? "", input.readFile);
  const problems = inTableOrder([
    ...files.problems,
    ...misplaced,
    ...wrong,
    ...pairProblems(get),
    ...watchlist.problems,
    ...renewalProblems(get, watchlist.entries),
    ...certificates.problems,
    ...nodeDebugProblems(input.env["NODE_DEBUG"]),
    ...tlsProblems(input.env["NODE_TLS_REJECT_UNAUTHORIZED"]),
  ]);
  const { ca } = certificates;
  const warningsFor = ({ ownSecretNames: read }: Config): readonly Problem[] => configWarnings({ ...input, read });
  if (parsed.success && problems.length === 0) {
    const config = compose(parsed.data, watchlist, ca, get);
    return { ok: true, config, warnings: warningsFor(config) };
  }
  const rest = EnvironmentSchema.parse(rawWithout(new Set(problems.map(variableOf))));
  const usable = compose(rest, watchlist, ca, get);
  return { ok: false, problems, usable, warnings: warningsFor(usable) };
}
