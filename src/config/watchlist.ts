import { LineCounter, parseDocument } from "yaml";
import { containsTokenShape } from "../token/secret/shape.ts";
import { misplacedToken, type Problem, shown } from "./problem.ts";
import {
  FLEET_KEYS,
  type FleetEntry,
  FleetEntrySchema,
  RENEW_KEYS,
  WATCH_KEYS,
  type WatchEntry,
  WatchEntrySchema,
} from "./watchlist-schema.ts";

/** The valid entries, and all problems of the others in the order of the file. */
export interface Watchlist {
  readonly entries: readonly WatchEntry[];
  readonly fleets: readonly FleetEntry[];
  readonly problems: readonly Problem[];
}

export function parseWatchlist(text: string): Watchlist {
  if (text.length > LONGEST_FILE)
    return failed(`the file is longer than ${LONGEST_FILE} characters. Check that WATCHLIST names the right file.`);
  const parsed = parseYaml(text);
  if ("problem" in parsed) return failed(parsed.problem);
  if (!isRecord(parsed.value)) return failed("the file must have a key watches: with a list under it.");
  const { watches, ...others } = parsed.value;
  const strange = Object.keys(others)
    .filter((name) => !REUSED.test(name))
    .map((name) => ({
      name: "WATCHLIST",
      message: `WATCHLIST: unknown key ${shown(name)}. The file has one key, watches, and x-… keys for values that watches share.`,
    }));
  if (!Array.isArray(watches)) {
    const { problems } = failed("watches must be a list. Write watches: [] for none.");
    return { entries: [], fleets: [], problems: [...strange, ...problems] };
  }
  const list: readonly unknown[] = watches;
  const readings = list.map(readEntry);
  const entries = readings.flatMap((reading) => ("entry" in reading ? [reading.entry] : []));
  const fleets = readings.flatMap((reading) => ("fleet" in reading ? [reading.fleet] : []));
  const problems = readings.flatMap((reading) => ("problems" in reading ? reading.problems : []));
  return { entries, fleets, problems: [...strange, ...problems, ...duplicateNames(list)] };
}

/** Much longer than any real watchlist. A wrong file must not delay the start. */
const LONGEST_FILE = 1_000_000;

/** Keys next to `watches` that hold shared values for the merge key `<<`, as in Compose files. */
const REUSED = /^x-/;

function failed(message: string): Watchlist {
  return {
    entries: [],
    fleets: [],
    problems: [{ name: "WATCHLIST", message: `WATCHLIST: ${message}` }],
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isShowable(name: unknown): name is string {
  return typeof name === "string" && /^[\w.-]{1,64}$/.test(name) && !containsTokenShape(name);
}

/** "watch 2 (orders-prod)": the position in the file, and the name when it is safe to show. */
function nameOf({ name }: Readonly<Record<string, unknown>>, index: number): string {
  return isShowable(name) ? `watch ${index + 1} (${name})` : `watch ${index + 1}`;
}

/** True when a nested key or value contains a token. Tracks the path, because YAML aliases can create cycles. */
function holdsToken(value: unknown, above: readonly unknown[] = []): boolean {
  if (typeof value === "string") return containsTokenShape(value);
  if (typeof value !== "object" || value === null || above.includes(value)) return false;
  return Object.entries(value).some(
    ([name, below]) => containsTokenShape(name) || holdsToken(below, [...above, value]),
  );
}

function bothOrNeither(entry: Readonly<Record<string, unknown>>): string | undefined {
  const [hasId, hasSecret] = ["appId" in entry, "appSecret" in entry];
  if (hasId === hasSecret) return undefined;
  return hasId
    ? "has appId but no appSecret. Set both or neither."
    : "has appSecret but no appId. Set both or neither.";
}

function unknownKey(name: string, inside: readonly string[], ofFleet: boolean): string {
  const [known, prefix] =
    inside.length === 0 ? [ofFleet ? FLEET_KEYS : WATCH_KEYS, ""] : [RENEW_KEYS, `${inside.join(".")} `];
  return `${prefix}has an unknown key ${shown(name)}. The known keys are ${known.join(", ")}.`;
}

type EntryReading =
  | { readonly entry: WatchEntry }
  | { readonly fleet: FleetEntry }
  | { readonly problems: readonly Problem[] };

function readEntry(raw: unknown, index: number): EntryReading {
  if (!isRecord(raw))
    return {
      problems: [{ name: "WATCHLIST", message: `WATCHLIST: watch ${index + 1} must have a name and a source.` }],
    };
  const where = `WATCHLIST: ${nameOf(raw, index)}`;
  const leaking = Object.entries(raw).find(([name, value]) => containsTokenShape(name) || holdsToken(value));
  if (leaking !== undefined) {
    const place = containsTokenShape(leaking[0]) ? "a key" : leaking[0];
    return { problems: [{ ...misplacedToken(`${where}: ${place}`, place), name: "WATCHLIST" }] };
  }
  const pair = bothOrNeither(raw);
  const ofFleet = "fleet" in raw;
  const watch = ofFleet ? undefined : WatchEntrySchema.safeParse(raw);
  const fleet = ofFleet ? FleetEntrySchema.safeParse(raw) : undefined;
  if (pair === undefined && watch?.success === true) return { entry: watch.data };
  if (pair === undefined && fleet?.success === true) return { fleet: fleet.data };
  const sentences = ((watch ?? fleet)?.error?.issues ?? []).flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") return issue.keys.map((name) => unknownKey(name, path, ofFleet));
    const [name = ""] = path;
    return [name in raw ? `${path.join(".")} ${issue.message}` : `${name} is missing.`];
  });
  return {
    problems: [...sentences, ...(pair === undefined ? [] : [pair])].map((sentence) => ({
      name: "WATCHLIST",
      message: `${where}: ${sentence}`,
    })),
  };
}

/** Reports names that are used twice, also by invalid entries. `readEntry` reports names that are not safe to show. */
function duplicateNames(list: readonly unknown[]): readonly Problem[] {
  const names = list.flatMap((entry) => (isRecord(entry) && isShowable(entry["name"]) ? [entry["name"]] : []));
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => ({
    name: "WATCHLIST",
    message: `WATCHLIST: the name ${name} is used more than once. Give each watch its own name.`,
  }));
}

/** Parses YAML without repeating its text: the parser's own messages could contain a pasted token. */
function parseYaml(text: string): { readonly value: unknown } | { readonly problem: string } {
  const lines = new LineCounter();
  const parsed = parseDocument(text, {
    intAsBigInt: true,
    prettyErrors: false,
    lineCounter: lines,
    // "silent" would hide the error for a second document, and its watches would be lost without a message.
    logLevel: "error",
    merge: true,
  });
  const [error] = parsed.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    if (error.code === "MULTIPLE_DOCS")
      return {
        problem: `line ${line} begins a second YAML document (---). Put all watches into one document, under one watches: key.`,
      };
    const what = error.code.toLowerCase().replaceAll("_", " ");
    return { problem: `line ${line}, column ${col} is not valid YAML (${what}).` };
  }
  try {
    return { value: parsed.toJS() };
  } catch (error_) {
    if (!(error_ instanceof Error)) throw error_;
    return { problem: "its aliases or merge keys (&, *, <<) cannot be resolved. Write the values out." };
  }
}
