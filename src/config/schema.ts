import { z } from "zod";
import { readDatabaseUrl } from "./database-url.ts";
import { field, splitList } from "./field.ts";
import { readNoProxy, readProxy } from "./proxy-fields.ts";
import { readQuietDays, readQuietHours } from "./quiet-fields.ts";
import { readDuration, readDurations, readMetaId, readPort, readScopes, readSource } from "./plain-fields.ts";
import {
  readAppName,
  readDigestSchedule,
  readGraphVersion,
  readHost,
  readLogLevel,
  readPath,
  readInspectionsAtOnce,
  readMetricsWatches,
  readPoolSize,
  readSchedule,
  readTimezone,
} from "./running-fields.ts";
import { readBefore, readProofs, readWrite, splitProofs } from "./renewal/fields.ts";
import { readChannel, readChannelOrUser, readUserOrGroup, readUsers } from "./slack-ids.ts";
import { plainSecret, slackToken } from "./slack-fields.ts";
import { readGraphApiUrl, readHeartbeatUrl, readSlackApiUrl } from "./url-fields.ts";
import { VARIABLE_TABLE, type VariableName } from "./variables.ts";

const basicInformation = 'in the app\'s settings at api.slack.com under "Basic Information"';

const port = field(readPort);
const metaId = field(readMetaId).optional();
const duration = field(readDuration);

/**
 * The environment after secret files are read, defaults are filled in and empty values are removed. Each issue is the
 * rest of a sentence that begins with the variable's name.
 */
export const EnvironmentSchema = z.object({
  SLACK_BOT_TOKEN: slackToken(
    "xoxb-",
    'in the app\'s settings at api.slack.com under "OAuth & Permissions"',
  ).optional(),
  SLACK_APP_TOKEN: slackToken("xapp-", `${basicInformation}, "App-Level Tokens"`).optional(),
  SLACK_SIGNING_SECRET: plainSecret(`${basicInformation}, "Signing Secret"`).optional(),
  SLACK_API_URL: field(readSlackApiUrl).optional(),
  PORT: port,
  META_APP_ID: metaId,
  META_APP_SECRET: plainSecret(
    'in the app dashboard at developers.facebook.com under "App settings", "Basic"',
  ).optional(),
  GRAPH_API_URL: field(readGraphApiUrl),
  GRAPH_API_VERSION: field(readGraphVersion),
  // Not validated here: its source reads it at every inspection, and the verdict reports a malformed token.
  WHATSAPP_ACCESS_TOKEN: z.unknown().transform(() => undefined),
  WHATSAPP_TOKEN_SOURCE: field(readSource),
  WHATSAPP_PHONE_NUMBER_ID: metaId,
  WHATSAPP_BUSINESS_ACCOUNT_ID: metaId,
  RENEW_WRITE: field(readWrite).optional(),
  RENEW_BEFORE: field(readBefore).optional(),
  RENEW_PROOF: field((text) => readProofs(splitProofs(text))).optional(),
  WATCHLIST: field(readPath).optional(),
  CHECK_INTERVAL: duration,
  FLEET_REFRESH: duration,
  SCHEDULE: field(readSchedule),
  WARN_AT: field((text) => readDurations(splitList(text))),
  UNKNOWN_AFTER: duration,
  REPEAT_CRITICAL_EVERY: duration,
  REQUIRED_SCOPES: field((text) => readScopes(splitList(text))),
  ALERT_CHANNEL: field(readChannel).optional(),
  FALLBACK_CHANNEL: field(readChannel).optional(),
  ONCALL: field(readUserOrGroup).optional(),
  ESCALATE_TO: field(readChannelOrUser).optional(),
  ESCALATE_AFTER: duration,
  QUIET_HOURS: field(readQuietHours).optional(),
  QUIET_DAYS: field((text) => readQuietDays(splitList(text))).optional(),
  DIGEST_SCHEDULE: field(readDigestSchedule),
  ALLOWED_USERS: field((text) => readUsers(splitList(text))).optional(),
  ADMIN_USERS: field((text) => readUsers(splitList(text))).optional(),
  TIMEZONE: field(readTimezone),
  GUIDE_APP_NAME: field(readAppName),
  META_BUSINESS_ID: metaId,
  DATABASE_URL: field(readDatabaseUrl),
  DATABASE_POOL: field(readPoolSize),
  INSPECTIONS_AT_ONCE: field(readInspectionsAtOnce),
  OPS_HOST: field(readHost),
  OPS_PORT: port,
  METRICS_WATCHES: field(readMetricsWatches),
  HEARTBEAT_URL: field(readHeartbeatUrl).optional(),
  HTTPS_PROXY: field(readProxy).optional(),
  HTTP_PROXY: field(readProxy).optional(),
  NO_PROXY: field(readNoProxy).optional(),
  LOG_LEVEL: field(readLogLevel),
} satisfies Record<VariableName, z.ZodType>);

export type Environment = z.infer<typeof EnvironmentSchema>;

export const DEFAULTS: Readonly<Partial<Record<VariableName, string>>> = Object.fromEntries(
  VARIABLE_TABLE.flatMap((variable) => (variable.default === undefined ? [] : [[variable.name, variable.default]])),
);
