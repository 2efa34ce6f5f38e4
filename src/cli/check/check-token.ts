import type { Config } from "../../config/config.ts";
import { createGraphClient } from "../../graph/client.ts";
import { createInspector } from "../../graph/inspector.ts";
import { createSourceReader } from "../../secrets/reader.ts";
import { isSetClock } from "../../token/clock-set.ts";
import { judgeUnreadable } from "../../token/judge.ts";
import type { Verdict } from "../../token/verdict.ts";
import { bookOf } from "../../watch/watch-book.ts";
import { createChecker } from "../../watch/checker.ts";
import type { Checker } from "../../watch/ports.ts";
import { words } from "../../words/words.ts";
import { type CheckOptions, type CheckTarget, targetOf } from "./check-target.ts";
import { configurationFor, dotenvPathOf } from "../configuration.ts";
import { printable } from "../errors.ts";
import { EXIT, type ExitCode, exitForVerdict } from "../exit-code.ts";
import { fitted } from "../fitted.ts";
import type { Io } from "../io.ts";
import { afterCheck, suggest } from "../next-command.ts";
import { lookOf } from "../paint.ts";
import { withProgress } from "../progress.ts";
import { untilStopped } from "../until-stopped.ts";
import { namedWatch } from "./named-watch.ts";
import { readTypedToken } from "./typed-token.ts";
import { verdictJson } from "./verdict-json.ts";
import { notCheckedText, verdictText } from "./verdict-text.ts";

/** Inspects one token once and prints the verdict; needs neither Slack nor a store. */
export async function check(options: CheckOptions, io: Io): Promise<ExitCode> {
  const config = await configurationFor("check", io);
  const target = await targetOf(options, config, (name) => namedWatch(name, config, io));
  const result = await untilStopped(io, (signal) => inspectTarget(target, config, io, signal));
  const verdict = "notChecked" in result ? judgeUnreadable(result.notChecked, io.now()) : result;
  const hasNoExpiryDate = lacksDate(verdict, options);
  if (options.json === true) io.stdout.write(`${printable(JSON.stringify(verdictJson(verdict), null, 2))}\n`);
  else {
    const look = lookOf(io.stdout, io.env);
    const text =
      "notChecked" in result
        ? notCheckedText(result.notChecked, look)
        : verdictText(verdict, target.subject, look, options.watch);
    io.stdout.write(`${text}\n`);
  }
  if (hasNoExpiryDate) io.stderr.write(`${fitted(words.checkResult.noExpiryDate, io.stderr.columns)}\n`);
  else if (options.json !== true && !("notChecked" in result)) suggest(afterCheck(verdict, options), io);
  return hasNoExpiryDate ? EXIT.unknown : exitForVerdict(verdict);
}

/** Why the check stopped before it had a token. */
interface NotChecked {
  readonly notChecked: string;
}

const { nothingChecked } = words.checkResult;

const ASKING = "Asking Meta…";

async function inspectStdin(checker: Checker, io: Io, signal: AbortSignal): Promise<Verdict | NotChecked> {
  const typed = await readTypedToken(io);
  if (!typed.ok) return { notChecked: typed.problem };
  const { verdict } = await withProgress(io, ASKING, () => checker.checkToken(typed.secret, undefined), signal);
  return verdict;
}

async function inspectTarget(
  target: CheckTarget,
  config: Config,
  io: Io,
  signal: AbortSignal,
): Promise<Verdict | NotChecked> {
  const { now, wait } = io;
  const { watch, defaults, inFleet } = target;
  // A token from standard input is checked with the IDs of the only watch. With several watches, no IDs are used.
  const only = config.watches.length === 1 && config.fleets.length === 0 ? config.watches : [];
  const watches = bookOf(watch === undefined ? only : [watch]);
  // A clock that was never set would make each token look far from its expiry.
  if (!isSetClock(now())) return { notChecked: nothingChecked.clock(now()) };
  const client = createGraphClient({
    baseUrl: config.graph.apiUrl,
    version: config.graph.version,
    proxies: config.proxies,
    now,
  });
  const readSource = createSourceReader({
    env: io.env,
    dotenvPath: dotenvPathOf(io),
    ownSecretNames: inFleet?.ownSecretNames ?? config.ownSecretNames,
    ...(inFleet?.fleetLines !== undefined && { fleetLines: inFleet.fleetLines }),
    signal,
  });
  const checker = createChecker({
    inspect: createInspector(client, { now, wait }),
    now,
    wait,
    readSource,
    metaApp: config.app,
    watches,
    defaults,
    log: { warn: () => undefined },
  });
  try {
    if (watch === undefined) return await inspectStdin(checker, io, signal);
    const outcome = await withProgress(io, ASKING, () => checker.checkWatch(watch.name), signal);
    return outcome.verdict;
  } finally {
    await client.close();
  }
}

/** --min-days needs an expiry date. Without a date, the check has no result. */
function lacksDate({ state, token }: Verdict, { minDays }: CheckOptions): boolean {
  return state === "healthy" && minDays !== undefined && token?.expiry.kind === "not_known";
}
