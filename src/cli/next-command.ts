import { topicForFinding } from "../guide/finding-topic.ts";
import { command, rich, type Spans } from "../guide/rich-text.ts";
import type { Topic, TopicId } from "../guide/topic.ts";
import { bareName } from "../slack/kit/bare-name.ts";
import type { Renewal, Way } from "../renewal/renewal.ts";
import { currentStep } from "../renewal/rules/steps.ts";
import { findingsToFix } from "../token/telling.ts";
import type { Verdict } from "../token/verdict.ts";
import { terminalText } from "../words/plain-text.ts";
import type { Io } from "./io.ts";
import { createPaint } from "./paint.ts";
import type { Done } from "./round-text.ts";
import { wrapped } from "./wrapped.ts";

/** A command that helps after another one, and its use: "to see the steps". */
export interface NextCommand {
  readonly command: string;
  readonly use: string;
}

/**
 * Suggests a command in one line on stderr. Writes nothing unless a person reads both streams, so that pipes, logs and
 * pagers contain only the output.
 */
export function suggest(next: NextCommand | undefined, io: Pick<Io, "stdout" | "stderr" | "env">): void {
  if (next === undefined || !io.stdout.isTty || !io.stderr.isTty) return;
  const paint = createPaint(io.stderr, io.env);
  const text = wrapped(paint("dim", terminalText(sentence(next))), io.stderr.columns).replaceAll("\u00A0", " ");
  io.stderr.write(`\n${text}\n`);
}

/** After `check`: the topic with the remedy, a test of the connection, or the way to a complete check. */
export function afterCheck(verdict: Verdict, { watch, source, stdin }: CheckedWhat): NextCommand | undefined {
  const { failure, state, assets } = verdict;
  const isConfigured = source === undefined && stdin !== true;
  if (failure !== null) {
    if (failure.kind === "unreadable" && !isConfigured)
      return { command: "check --help", use: "to see every way to pass a token" };
    return failure.kind === "misconfigured" || failure.kind === "app_blocked"
      ? steps(topicForFinding({ code: failure.kind, evidence: failure.evidence }), watch)
      : { command: "doctor", use: "to test the connection to Meta and the source of the token" };
  }
  const [first] = findingsToFix(verdict);
  if (first !== undefined) return steps(topicForFinding(first), watch);
  if (state !== "healthy") return undefined;
  if (assets.length === 0) return { command: "guide ids", use: "to see where the IDs for a complete check are" };
  return isConfigured ? undefined : { command: "doctor", use: "to see whether the bot can watch this token" };
}

/** After `guide`: the next step, or the check of the token. @param topic undefined for the whole guide */
export function afterGuide(topic: Topic | undefined, watch: string | undefined): NextCommand {
  const of = ofWatch(watch);
  const step = stepAfter(topic);
  if (step !== undefined) return { command: `guide ${of}step ${String(step)}`, use: "to see the next step" };
  return { command: `check ${of}`.trimEnd(), use: "to check the token that your app uses" };
}

/** After `round`: undefined when nothing is left to do. @param which the watches that were to be checked */
export function afterRound({ round, delivery }: Done, which: "due" | "all"): NextCommand | undefined {
  const { checked, failed, outcomes } = round;
  if (failed > 0 || (delivery?.failed ?? 0) > 0 || (outcomes["unknown"] ?? 0) > 0)
    return { command: "doctor", use: "to test the store, Slack and Meta" };
  if (checked > (outcomes["healthy"] ?? 0))
    return { command: "check --watch NAME", use: "to see the problem of one watch and its steps" };
  return checked === 0 && which === "due" ? { command: "round --all", use: "to check every watch now" } : undefined;
}

/** After `renew`: the command that continues the renewal. @param renewal null after `--dry-run` */
export function afterRenew(renewal: Renewal | null, watch: string, way: Way): NextCommand | undefined {
  const again = `renew --watch ${watch}`;
  if (renewal === null)
    return way === "given"
      ? { command: `${again} --stdin`, use: "to give the new token" }
      : { command: again, use: "to renew the token" };
  if (renewal.outcome === "done") return undefined;
  if (renewal.outcome !== null)
    return { command: `check --watch ${watch}`, use: "to check the token that your app uses" };
  switch (currentStep(renewal)) {
    case "read_back":
      return { command: again, use: "to read the source again" };
    case "in_use":
      return { command: `${again} --confirm-in-use`, use: "when every app uses the new token" };
    case "end_old":
      return { command: `${again} --end-old`, use: "when nothing uses the old token any more" };
    default:
      return { command: `${again} --stdin`, use: "to give another token" };
  }
}

/** The options of `check` that say which token it checked. */
interface CheckedWhat {
  readonly watch?: string;
  readonly source?: string;
  readonly stdin?: boolean;
}

function steps(topic: TopicId, watch: string | undefined): NextCommand {
  return { command: `guide ${ofWatch(watch)}${topic.replaceAll("-", " ")}`, use: "to see the steps" };
}

function ofWatch(watch: string | undefined): string {
  return watch === undefined ? "" : `--watch ${bareName(watch)} `;
}

/** The step that comes next in reading order. Undefined after the last one, and for topics outside the order. */
function stepAfter(topic: Topic | undefined): number | undefined {
  if (topic?.id === "overview") return 1;
  const next = topic?.nextStep ?? (topic?.step === undefined ? undefined : topic.step + 1);
  return next === undefined || next > LAST_STEP ? undefined : next;
}

const LAST_STEP = 5;

function sentence({ command: words, use }: NextCommand): Spans {
  return rich`Next: run ${command(words)} ${use}.`;
}
