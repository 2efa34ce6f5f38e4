import type { Config, WatchDefaults } from "../../config/config.ts";
import { readScopes, readSource } from "../../config/plain-fields.ts";
import { splitList } from "../../config/field.ts";
import { DEFAULT_WATCH, watchFromSource } from "../../config/watches.ts";
import { bareName } from "../../slack/kit/bare-name.ts";
import { parseDuration } from "../../token/duration.ts";
import type { Policy } from "../../token/policy.ts";
import { redact } from "../../token/secret/shape.ts";
import { describeSource } from "../../token/secret/source.ts";
import type { Watch } from "../../watch/watch.ts";
import { didYouMean } from "../arguments/did-you-mean.ts";
import { UsageError, withoutLongWords } from "../errors.ts";

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
}

/** Returns the watch with this name; throws a UsageError that lists all watches, and asks about a similar name. */
export function watchNamed(name: string, { watches }: Config): Watch {
  // A name copied from a chat can have typographic quotes or backticks, which no shell removes.
  const typed = bareName(name);
  const found = watches.find((watch) => watch.name === typed);
  if (found !== undefined) return found;
  const names = watches.map((watch) => watch.name);
  const there = names.length === 0 ? "There are no watches." : `The watches are: ${names.join(", ")}.`;
  throw new UsageError(`There is no watch named "${withoutLongWords(name)}".${didYouMean(typed, names)} ${there}`);
}

/** Combines the options with the configuration; throws a UsageError with the next step. */
export function targetOf(options: CheckOptions, config: Config): CheckTarget {
  const { source, stdin, watch } = options;
  const ways = [source !== undefined && "--source", stdin === true && "--stdin", watch !== undefined && "--watch"];
  const used = ways.filter((way) => way !== false);
  if (used.length > 1) throw new UsageError(`${used.join(" and ")} cannot be used together. Use only one of them.`);
  const defaults = { ...config.defaults, policy: adjust(config.defaults.policy, options) };
  if (stdin === true) return { watch: undefined, defaults, subject: "the token from standard input" };
  let chosen: Watch;
  if (source !== undefined) chosen = sourceNamed(source, config);
  else if (watch !== undefined) chosen = watchNamed(watch, config);
  else chosen = onlyWatch(config);
  const from = redact(describeSource(chosen.source));
  return {
    watch: { ...chosen, policy: adjust(chosen.policy, options) },
    defaults,
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
function onlyWatch({ watches }: Config): Watch {
  const named = watches.find(({ name }) => name === DEFAULT_WATCH);
  const [first, ...others] = watches;
  if (named !== undefined) return named;
  if (first === undefined)
    throw new UsageError(
      "There is no token to check. Set WHATSAPP_ACCESS_TOKEN or WHATSAPP_TOKEN_SOURCE, add a watch to WATCHLIST, or use --source or --stdin. Or run wa-token init.",
    );
  if (others.length === 0) return first;
  throw new UsageError(
    `There are several watches. Choose one with --watch NAME: ${watches.map(({ name }) => name).join(", ")}.`,
  );
}
