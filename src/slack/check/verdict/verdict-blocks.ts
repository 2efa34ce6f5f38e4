// verdict/ renders a verdict as text and blocks, for check results and for the status of one watch. Each part has its own
// file: answer, cause, next step, facts, scopes, assets, findings, evidence. The sentences are in
// words/english/check/results.ts. To add a part: write its file, add a line here, and add a line in verdict-text.ts, which
// provides the text for screen readers.
import type { Button, KnownBlock } from "@slack/types";
import type { Verdict } from "../../../token/verdict.ts";
import { words } from "../../../words/words.ts";
import { fields, lines, section } from "../../kit/blocks.ts";
import type { ShowTime } from "../../kit/moment.ts";
import { bold } from "../../kit/mrkdwn.ts";
import { mrkdwnText } from "../../kit/spans.ts";
import { assetLines } from "./assets.ts";
import { causeOf } from "./cause.ts";
import { factsOf, pastEndLines, wasAnswered } from "./facts.ts";
import { findingLines } from "./findings.ts";
import { nextBlocks } from "./next-blocks.ts";
import { type NextStep, nextStep } from "./next-step.ts";
import { scopeLines } from "./scopes.ts";

export interface VerdictOptions {
  readonly verdict: Verdict;
  /** A person typed the token, so it may not be deployed yet. */
  readonly typed: boolean;
  /**
   * The verdict is an older answer, because checks fail now. Another part of the message says what to do about that.
   */
  readonly past: boolean;
  /** False while Meta blocks the app, because the advice of an older answer does not help then. */
  readonly advice: boolean;
  /** The one button below the steps. */
  readonly buttonFor: (step: NextStep) => Button | undefined;
  readonly now: Date;
  readonly show: ShowTime;
}

/** Everything in a verdict below its title: cause, next steps, facts, permissions, assets, findings. */
export function verdictBlocks(options: VerdictOptions): readonly KnownBlock[] {
  const { verdict, past, advice, now, show } = options;
  const answered = wasAnswered(verdict);
  const read = (texts: ReturnType<typeof assetLines>) => texts.map((spans) => mrkdwnText(spans, show));
  return [
    section(mrkdwnText(causeOf(verdict, past), show)),
    ...adviceBlocks(options),
    ...fields(factsOf(verdict, now).map(({ label, value }) => `${bold(label)}\n${mrkdwnText(value, show)}`)),
    ...(advice ? lines(read(pastEndLines(verdict))) : []),
    ...(answered ? scopeBlocks(options) : []),
    ...(answered ? lines(read(assetLines(verdict))) : []),
    ...lines(read(findingLines(verdict, advice)).map((text) => `• ${text}`)),
  ];
}

const { permissions, todo } = words.results;

function adviceBlocks({ verdict, typed, past, advice, buttonFor, show }: VerdictOptions): readonly KnownBlock[] {
  if (!advice) return [];
  const step = nextStep(verdict, typed);
  if (!past) return nextBlocks(step, buttonFor(step), show);
  return step.topic === undefined ? [] : nextBlocks(step, buttonFor(step), show, todo.afterLastAnswer());
}

function scopeBlocks({ verdict, show }: VerdictOptions): readonly KnownBlock[] {
  const found = scopeLines(verdict).map((line) => mrkdwnText(line, show));
  return found.length === 0 ? [] : [section([bold(permissions.title), ...found].join("\n"))];
}
