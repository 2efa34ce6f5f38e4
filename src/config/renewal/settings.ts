import type { Proof, RenewSettings, WriteTarget } from "../../renewal/ports.ts";
import type { Duration } from "../../token/duration.ts";
import type { Source } from "../../token/secret/source.ts";
import type { ParseResult } from "../field.ts";
import { readSource } from "../plain-fields.ts";
import type { Problem } from "../problem.ts";
import { readBefore, readWrite, type WriteChoice } from "./fields.ts";
import type { WatchEntry } from "../watchlist-schema.ts";

/** The renewal settings of one watch, as configured. */
export interface RenewChoice {
  readonly write?: WriteChoice | undefined;
  readonly before?: Duration | undefined;
  readonly proof?: readonly Proof[] | undefined;
}

/** The settings with `source` replaced by the watch's own source. A source that cannot be written is reported elsewhere. */
export function renewSettings({ write, before, proof }: RenewChoice, source: Source): RenewSettings {
  return {
    write: write?.kind === "source" ? writable(source) : write,
    beforeMs: before?.ms,
    proofs: proof ?? [],
  };
}

/** Problems between renewal settings and the rest of the configuration, of the variables and of each watch. */
export function renewalProblems(get: Get, entries: readonly WatchEntry[]): readonly Problem[] {
  return [
    ...ofVariables(get),
    ...entries.flatMap((entry) =>
      entryProblems(entry, hasBotApp(get) || entry.appId !== undefined).map((message) => ({
        name: "WATCHLIST",
        message: `WATCHLIST: watch ${entry.name}: ${message}`,
      })),
    ),
  ];
}

type Get = (name: string) => string | undefined;

function ofVariables(get: Get): readonly Problem[] {
  const set = RENEW_VARIABLES.filter((name) => get(name) !== undefined);
  if (get("WATCHLIST") !== undefined)
    return set.map((name) => ({
      name,
      message: `${name} has no effect, because WATCHLIST is set. Write renew: into the watch of the watchlist instead.`,
    }));
  const choice = { write: valueOf(get("RENEW_WRITE"), readWrite), before: valueOf(get("RENEW_BEFORE"), readBefore) };
  // A value that cannot be read has its own problem.
  if (get("RENEW_WRITE") !== undefined && choice.write === undefined) return [];
  const facts = {
    source: valueOf(get("WHATSAPP_TOKEN_SOURCE") ?? DEFAULT_SOURCE, readSource),
    hasApp: hasBotApp(get),
    hasId: ["WHATSAPP_PHONE_NUMBER_ID", "WHATSAPP_BUSINESS_ACCOUNT_ID"].some((name) => get(name) !== undefined),
  };
  return renewProblems(choice, facts, {
    write: "RENEW_WRITE",
    before: "RENEW_BEFORE",
    source: "WHATSAPP_TOKEN_SOURCE",
    app: "META_APP_ID and META_APP_SECRET",
    ids: "WHATSAPP_PHONE_NUMBER_ID or WHATSAPP_BUSINESS_ACCOUNT_ID",
  }).map(({ key, message }) => ({ name: key === "write" ? "RENEW_WRITE" : "RENEW_BEFORE", message }));
}

const RENEW_VARIABLES = ["RENEW_WRITE", "RENEW_BEFORE", "RENEW_PROOF"] as const;

/** Problems between the renewal settings of a watch and its other keys, each a whole sentence. */
export function entryProblems(entry: WatchEntry, hasApp: boolean): readonly string[] {
  const facts = {
    source: entry.source,
    hasApp,
    hasId: entry.phoneNumberId !== undefined || entry.whatsappBusinessAccountId !== undefined,
  };
  return renewProblems(entry.renew ?? {}, facts, {
    write: "renew.write",
    before: "renew.before",
    source: "source",
    app: "appId and appSecret, or META_APP_ID and META_APP_SECRET",
    ids: "phoneNumberId or whatsappBusinessAccountId",
  }).map(({ message }) => message);
}

function hasBotApp(get: Get): boolean {
  return ["META_APP_ID", "META_APP_SECRET"].every((name) => (get(name) ?? get(`${name}_FILE`)) !== undefined);
}

function valueOf<T>(text: string | undefined, read: (text: string) => ParseResult<T>): T | undefined {
  const reading = text === undefined ? undefined : read(text);
  return reading !== undefined && "value" in reading ? reading.value : undefined;
}

/** The default of WHATSAPP_TOKEN_SOURCE. */
const DEFAULT_SOURCE = "env:WHATSAPP_ACCESS_TOKEN";

/** What a watch needs for its renewals, in the words of its configuration. */
interface RenewNames {
  /** The names of the keys, such as RENEW_WRITE. */
  readonly write: string;
  readonly before: string;
  /** The keys of the source, the app and the IDs, as a person sets them. */
  readonly source: string;
  readonly app: string;
  readonly ids: string;
}

/** Finds settings that do not fit together: each problem has the key and a whole sentence. */
function renewProblems(
  { write, before }: RenewChoice,
  { source, hasApp, hasId }: { readonly source: Source | undefined; readonly hasApp: boolean; readonly hasId: boolean },
  names: RenewNames,
): readonly { readonly key: "write" | "before"; readonly message: string }[] {
  if (write === undefined)
    return before === undefined
      ? []
      : [
          {
            key: "before",
            message: `${names.before} needs ${names.write}: a token that the bot refreshes must be saved somewhere.`,
          },
        ];
  const unwritable = write.kind === "source" && source !== undefined && writable(source) === undefined;
  return [
    ...(unwritable
      ? [
          `${names.write} is source, but the bot reads the token from a ${source.kind === "env" ? "variable" : "command"}, which it cannot write. Read the token with file: or dotenv: in ${names.source}, or set ${names.write} to file:, dotenv: or exec:.`,
        ]
      : []),
    ...(hasApp ? [] : [`${names.write} needs ${names.app}: without them, the bot cannot test a new token.`]),
    ...(hasId ? [] : [`${names.write} needs ${names.ids}: a new token must reach it before the bot saves it.`]),
  ].map((message) => ({ key: "write", message }));
}

function writable(source: Source): WriteTarget | undefined {
  return source.kind === "file" || source.kind === "dotenv" ? source : undefined;
}
