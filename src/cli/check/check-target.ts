import type { Config, WatchDefaults } from "../../config/config.ts";
import { readScopes, readSource } from "../../config/plain-fields.ts";
import { splitList } from "../../config/field.ts";
import { DEFAULT_WATCH, watchFromSource } from "../../config/watches.ts";
import { parseDuration } from "../../token/duration.ts";
import type { Policy } from "../../token/policy.ts";
import { redact } from "../../token/secret/shape.ts";
import { describeSource } from "../../token/secret/source.ts";
import type { Watch } from "../../watch/watch.ts";
import { UsageError } from "../errors.ts";
import type { NamedWatch } from "./named-watch.ts";

export interface CheckOptions {
  readonly source?: string;
  readonly stdin?: boolean;
  readonly watch?: string;
  readonly json?: boolean;
  readonly minDays?: string;
  readonly require?: string;
}

/** The token to check, and the requirements for it. */
export interface CheckTarget {
  /** Undefined: the token comes through standard input. */
  readonly watch: Watch | undefined;
  /** The requirements for a token without a watch. */
  readonly defaults: WatchDefaults;
  /** Describes the token in the output. */
  readonly subject: string;
  /** How to read the token of a watch in a fleet. */
  readonly inFleet: Pick<NamedWatch, "fleetLines" | "ownSecretNames"> | undefined;
}

/**
 * Combines the options with the configuration; throws a UsageError with the next step.
 * @param find finds the watch with a name
 */
export async function targetOf(
  options: CheckOptions,
  config: Config,
  find: (name: string) => Promise<NamedWatch>,
): Promise<CheckTarget> {
  const { source, stdin, watch } = options;
  const ways = [source !== undefined && "--source", stdin === true && "--stdin", watch !== undefined && "--watch"];
  const used = ways.filter((way) => way !== false);
  if (used.length > 1) throw new UsageError(`${used.join(" and ")} cannot be used together. Use only one of them.`);
  const defaults = { ...config.defaults, policy: adjust(config.defaults.policy, options) };
  if (stdin === true)
    return { watch: undefined, defaults, subject: "the token from standard input", inFleet: undefined };
  const named = source === undefined && watch !== undefined ? await find(watch) : undefined;
  const chosen = source === undefined ? (named?.watch ?? onlyWatch(config)) : sourceNamed(source, config);
  const from = redact(describeSource(chosen.source));
  return {
    watch: { ...chosen, policy: adjust(chosen.policy, options) },
    defaults,
    inFleet: named,
    subject: source === undefined ? `watch ${chosen.name}, ${from}` : from,
  };
}

function minDaysOf(text: string): Policy["warnAt"] {
  const duration = /^\d{1,4}$/.test(text) ? parseDuration(`${text}d`) : undefined;
  if (duration === undefined) throw new UsageError("--min-days must be a whole number of days from 1 to 3650.");
  return [duration];
}

function requiredOf(text: string): readonly string[] {
  const reading = readScopes(splitList(text));
  if ("problem" in reading) throw new UsageError(`--require ${reading.problem}`);
  return reading.value;
}

/** Applies --min-days and --require to a policy. */
function adjust(policy: Policy, { minDays, require }: CheckOptions): Policy {
  return {
    ...policy,
    ...(minDays === undefined ? {} : { warnAt: minDaysOf(minDays) }),
    ...(require === undefined ? {} : { requiredScopes: requiredOf(require) }),
  };
}

function sourceNamed(text: string, config: Config): Watch {
  const reading = readSource(text);
  if ("problem" in reading) throw new UsageError(`--source ${reading.problem}`);
  return watchFromSource("--source", reading.value, config.defaults, config.app);
}

/** The watch `default`, or the only one. */
function onlyWatch({ watches, fleets }: Config): Watch {
  const named = watches.find(({ name }) => name === DEFAULT_WATCH);
  const [first, ...others] = watches;
  if (named !== undefined) return named;
  if (fleets.length > 0) throw new UsageError("The watchlist has fleets. Choose a watch with --watch NAME.");
  if (first === undefined)
    throw new UsageError(
      "There is no token to check. Set WHATSAPP_ACCESS_TOKEN or WHATSAPP_TOKEN_SOURCE, add a watch to WATCHLIST, or use --source or --stdin. Or run wa-token init.",
    );
  if (others.length === 0) return first;
  throw new UsageError(
    `There are several watches. Choose one with --watch NAME: ${watches.map(({ name }) => name).join(", ")}.`,
  );
}
