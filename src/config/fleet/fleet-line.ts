import { containsTokenShape } from "../../token/secret/shape.ts";
import type { Source } from "../../token/secret/source.ts";
import type { FleetLines, LineReading } from "./fleet-lines.ts";
import { type GivenFleet, knownApp } from "./known-app.ts";
import type { Watch } from "../../watch/watch.ts";
import type { MetaApp } from "../../watch/requirements.ts";
import type { WatchDefaults } from "../config.ts";
import { entryProblems } from "../renewal/settings.ts";
import { FleetLineSchema, LINE_KEYS, type WatchEntry } from "../watchlist-schema.ts";
import { watchFromEntry } from "../watches.ts";

/** Reads and expands the lines of a fleet, with the defaults of its entry and of the configuration. */
export function createFleetLines(
  fleet: GivenFleet,
  config: { readonly defaults: WatchDefaults; readonly app: MetaApp | undefined; readonly watches: readonly Watch[] },
): FleetLines {
  const appOf = (id: string): Watch["app"] => knownApp(id, fleet, config);

  const build = (raw: RawLine): { readonly watch: Watch } | { readonly problem: string } => {
    const { token, ...keys } = raw;
    const parse = FleetLineSchema.safeParse(keys);
    if (!parse.success) return { problem: wrongKey(parse.error.issues[0], keys) };
    const { source: given, appId, ...line } = parse.data;
    const source = token === undefined ? given : tokenSource(fleet, line.name);
    if (source === undefined) return { problem: NO_SOURCE };
    const entry: WatchEntry = { ...fleet.shared, ...line, source };
    const watch = watchFromEntry(entry, config.defaults, config.app);
    const own = appId === undefined ? watch.app : appOf(appId);
    if (appId !== undefined && own === undefined) return { problem: UNKNOWN_APP };
    if (watch.channel === undefined) return { problem: NO_CHANNEL };
    if (entryProblems(entry, own !== undefined).length > 0) return { problem: WRONG_RENEW };
    return { watch: { ...watch, app: own, policy: { ...watch.policy, appId: own?.id } } };
  };

  return {
    read: (text) => {
      const raw = parsed(text);
      if (raw === undefined) return { ok: false, name: undefined, problem: NOT_JSON, isJson: false };
      const name = isName(raw["name"]) ? raw["name"] : undefined;
      const bad = (problem: string): LineReading => ({ ok: false, name, problem, isJson: true });
      const { token, ...keys } = raw;
      const definition = JSON.stringify(token === undefined ? keys : { ...keys, token: true });
      if (containsTokenShape(definition)) return bad(MISPLACED);
      if (token !== undefined) {
        if (fleet.source.kind !== "file") return bad(TOKEN_OF_COMMAND);
        if (typeof token !== "string" || token.trim() === "") return bad("has a token that is not a text");
        if ("source" in keys) return bad("has a source and a token. Keep one of them");
      }
      const built = build(token === undefined ? keys : { ...keys, token: true });
      if ("problem" in built) return bad(built.problem);
      if (name === undefined) return bad("has a wrong value of name");
      const { app, source, renew } = built.watch;
      const variables = source.kind === "env" ? [source.name] : [];
      return { ok: true, name, definition, variables, app: app?.id, beforeMs: renew.beforeMs };
    },
    watchOf: (definition) => {
      const built = build(parsed(definition) ?? {});
      // Cannot happen: `read` made the same watch.
      if ("problem" in built) throw new Error(`A line of the fleet ${fleet.name} ${built.problem}.`);
      return built.watch;
    },
  };
}

type RawLine = Readonly<Record<string, unknown>>;

const NOT_JSON = "is not a JSON object";
const MISPLACED =
  "contains something that looks like a token outside of the key token. If others could read it, treat the token as leaked";
const TOKEN_OF_COMMAND = "has a token, but only a file may give tokens. Give a source instead";
const NO_SOURCE = "has no source and no token";
const NO_CHANNEL = "has no channel. Set channel in the line or in the fleet, or set ALERT_CHANNEL";
const UNKNOWN_APP =
  "has an appId without a known secret. Set META_APP_ID and META_APP_SECRET, or appId and appSecret in the watchlist";
const WRONG_RENEW = "has a renew that does not fit its source, its app or its IDs. See docs/renewal.md";
const WRONG_BEFORE = "has a wrong value of renew.before. Use a time shorter than 60d, such as 20d";

/** JSON has numbers, and an ID is often written as one. */
const ID_KEYS = ["phoneNumberId", "whatsappBusinessAccountId", "appId"] as const;

function parsed(text: string): RawLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const raw: Record<string, unknown> = { ...value };
  for (const key of ID_KEYS) if (Number.isSafeInteger(raw[key])) raw[key] = String(raw[key]);
  // A key without a value is the same as no key.
  return Object.fromEntries(Object.entries(raw).filter(([, one]) => one !== null));
}

function isName(name: unknown): name is string {
  return typeof name === "string" && /^[\w.-]{1,64}$/.test(name) && !containsTokenShape(name);
}

function tokenSource({ source }: GivenFleet, watch: string): Source | undefined {
  return source.kind === "file" ? { kind: "fleet", path: source.path, watch } : undefined;
}

/** Names a known key only. */
function wrongKey(
  issue: { readonly path: readonly PropertyKey[]; readonly code?: string } | undefined,
  keys: RawLine,
): string {
  if (issue?.code === "unrecognized_keys" && issue.path.length === 0)
    return `has an unknown key. The known keys are ${LINE_KEYS.join(", ")}`;
  if (issue?.path[0] === "renew" && issue.path[1] === "before") return WRONG_BEFORE;
  const key = String(issue?.path[0] ?? "");
  return key in keys ? `has a wrong value of ${key}` : `has no ${key}`;
}
