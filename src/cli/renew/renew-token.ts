import type { Config } from "../../config/config.ts";
import { withoutChannels } from "../../config/fleet/without-channels.ts";
import type { Renewing } from "../../app/renewal/renew-beside.ts";
import type { Secret } from "../../token/secret/secret.ts";
import { shapeProblem } from "../../token/secret/shape-problem.ts";
import { terminalText } from "../../words/plain-text.ts";
import { sentences } from "../../words/values.ts";
import { knownUse } from "../../words/renewal/known-use.ts";
import { words } from "../../words/words.ts";
import { namedWatch } from "../check/named-watch.ts";
import { type Checked, checkedFor, dotenvPathOf, logWarnings } from "../configuration.ts";
import { printable, UsageError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { fitted } from "../fitted.ts";
import type { Io } from "../io.ts";
import { afterRenew, type NextCommand, suggest } from "../next-command.ts";
import { lookOf } from "../paint.ts";
import { withProgress } from "../progress.ts";
import { readTypedToken } from "../check/typed-token.ts";
import { exitForObstacle, exitForRun } from "./exit-of.ts";
import { renewJson } from "./renew-json.ts";
import { obstacleLine, READY, renewText, spansLine } from "./renew-text.ts";
import { type Asked, type Desk, type Ran, runSteps } from "./run-steps.ts";

export interface RenewOptions {
  readonly watch?: string;
  readonly stdin?: boolean;
  readonly confirmInUse?: boolean;
  readonly endOld?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Renews the token of one watch in one run, beside a running bot or without one. */
export async function renew(options: RenewOptions, io: Io): Promise<ExitCode> {
  const checked = await checkedFor("renew", io);
  const watch = await watchOf(options.watch, checked.config, io);
  const given = options.stdin === true && options.dryRun !== true ? await givenToken(io) : undefined;
  if (typeof given === "string") {
    io.stderr.write(`${fitted(given, io.stderr.columns)}\n`);
    if (options.json === true) printJson({ way: "given", renewal: null }, watch, io);
    return EXIT.unhealthy;
  }
  const stop = new AbortController();
  const removeListener = io.onStop(() => stop.abort());
  try {
    const work = async (renewing: Renewing): Promise<ExitCode> => {
      if (options.dryRun === true) return dryRun(renewing, watch, options, io);
      const endsOld = options.endOld === true;
      const asked: Asked = { watch, given, confirmsInUse: options.confirmInUse === true, endsOld };
      const ran = await runSteps(renewing, asked, deskOf(io, stop.signal));
      const code = exitForRun(ran, endsOld);
      print(ran, code, { watch, json: options.json === true }, io);
      return code;
    };
    return await (
      await appOf(checked, io)
    ).renew(work, { signal: stop.signal, wait: io.wait, looksOnly: options.dryRun });
  } finally {
    removeListener();
  }
}

async function watchOf(name: string | undefined, config: Config, io: Io): Promise<string> {
  if (name !== undefined) return (await namedWatch(name, config, io)).watch.name;
  const names = config.watches.map((watch) => watch.name);
  const listed = names.length === 0 ? "" : ` The watches are: ${names.join(", ")}.`;
  const none = names.length + config.fleets.length === 0 ? " There are no watches." : "";
  throw new UsageError(`Choose a watch with --watch NAME.${listed}${none}`);
}

/** Throws a UsageError without any token. Returns a sentence when the value cannot be a token. */
async function givenToken(io: Io): Promise<Secret | string> {
  const typed = await readTypedToken(io);
  if (!typed.ok) throw new UsageError(typed.problem);
  const problem = shapeProblem(typed.secret);
  if (problem === undefined) return typed.secret;
  const sentence = sentences(words.shapes.looks(problem), ...words.shapes.remedy(problem));
  return printable(terminalText(sentence)).replaceAll("\u00A0", " ");
}

async function appOf(checked: Checked, io: Io) {
  const { config } = checked;
  const [{ createApp }, { createLogger }] = await Promise.all([import("../../app.ts"), import("../../log.ts")]);
  // The steps are printed, so the log only adds problems.
  const level = config.logLevel === "info" ? "warn" : config.logLevel;
  const log = createLogger({ level, to: io.stderr });
  logWarnings(checked, log);
  const options = { now: io.now, env: io.env, dotenvPath: dotenvPathOf(io), log };
  return createApp(withoutChannels(config), options);
}

async function dryRun({ renewer }: Renewing, watch: string, options: RenewOptions, io: Io): Promise<ExitCode> {
  const way = options.stdin === true ? "given" : "refresh";
  const prepared = await withProgress(io, "Checking…", () => renewer.prepare(watch, way));
  const ran: Ran = { way, renewal: null, obstacle: prepared.ok ? null : prepared.obstacle };
  const code = prepared.ok ? EXIT.healthy : exitForObstacle(prepared.obstacle);
  print(ran, code, { watch, json: options.json === true }, io);
  return code;
}

function deskOf(io: Io, stopping: AbortSignal): Desk {
  return {
    warnOfUse: (renewal) => {
      const said = words.renewal.againstUse(knownUse(renewal));
      if (said.length > 0) io.stderr.write(`${spansLine(sentences(...said), lookOf(io.stderr, io.env))}\n`);
    },
    progress: (text, work) => withProgress(io, text, work),
    acceptSooner: async () => {
      if (io.terminal === undefined) return false;
      const { createQuestions, Stopped } = await import("../init/questions.ts");
      const question = "The new token ends sooner than the old one. Save it?";
      return createQuestions(io.terminal, stopping)
        .confirm(question, false)
        .catch((error: unknown) => {
          if (error instanceof Stopped) return false;
          throw error;
        });
    },
  };
}

interface Printed {
  readonly watch: string;
  readonly json: boolean;
}

/** Results go to stdout, and the reason of a refusal goes to stderr. */
function print(ran: Ran, code: ExitCode, { watch, json }: Printed, io: Io): void {
  const { renewal, obstacle } = ran;
  if (obstacle !== null) io.stderr.write(`${obstacleLine(obstacle, watch, lookOf(io.stderr, io.env))}\n`);
  if (json) {
    // As in `check`, wrong usage prints no object.
    if (code !== EXIT.usage || renewal !== null) printJson(ran, watch, io);
    return;
  }
  if (renewal !== null) io.stdout.write(`${renewText(renewal, lookOf(io.stdout, io.env))}\n`);
  else if (obstacle === null) io.stdout.write(`${fitted(READY, io.stdout.columns)}\n`);
  suggest(nextOf(ran, watch), io);
}

function nextOf({ way, renewal, obstacle }: Ran, watch: string): NextCommand | undefined {
  return obstacle === null ? afterRenew(renewal, watch, way) : undefined;
}

function printJson({ way, renewal }: Pick<Ran, "way" | "renewal">, watch: string, io: Io): void {
  io.stdout.write(`${printable(JSON.stringify(renewJson(watch, way, renewal), null, 2))}\n`);
}
