// verdict/ turns a verdict into words and blocks, for check results and for the status of one watch alike. One file per
// thing shown: cause, next step, facts, scopes, assets, findings, evidence. Foreign texts are cut and escaped where they
// are put in. To show one more thing: a file of its own, a line here, and one in verdict-text.ts for who cannot see.
import type { KnownBlock } from "@slack/types";
import type { Verdict } from "../../token/verdict.ts";
import { fields, lines, section } from "../blocks.ts";
import type { ShowTime } from "../moment.ts";
import { type AssetIds, assetLines } from "./assets.ts";
import { causeText } from "./cause.ts";
import { factFields, pastEndLines, wasAnswered } from "./facts.ts";
import { findingLines } from "./findings.ts";
import { nextBlock } from "./next-block.ts";
import { nextStep } from "./next-step.ts";
import { scopeText } from "./scopes.ts";

export interface VerdictOptions {
  readonly verdict: Verdict;
  readonly ids: AssetIds;
  /** The watch that it was held against; undefined for none. */
  readonly watch: string | undefined;
  /** The token was typed in, so it may not be deployed yet. */
  readonly typed: boolean;
  /** An older answer: checks fail since. What to do about that is said elsewhere. */
  readonly past: boolean;
  /** False while Meta blocks the app: what an older answer advises does not help then. */
  readonly advice: boolean;
  readonly now: Date;
  readonly show: ShowTime;
}

const nextBlocks = ({ verdict, watch, typed, past, advice }: VerdictOptions): readonly KnownBlock[] => {
  if (!advice) return [];
  const step = nextStep(verdict, typed);
  if (!past) return [nextBlock(step, watch)];
  return step.topic === undefined ? [] : [nextBlock(step, watch, "What to do about the last answer")];
};

/** Everything a verdict says, below the state word: cause, what to do, facts, permissions, assets, findings. */
export const verdictBlocks = (options: VerdictOptions): readonly KnownBlock[] => {
  const { verdict, ids, past, advice, now, show } = options;
  const answered = wasAnswered(verdict);
  return [
    section(causeText(verdict, { show, past })),
    ...nextBlocks(options),
    ...fields(factFields(verdict, now, show)),
    ...(advice ? lines(pastEndLines(verdict)) : []),
    ...(answered ? [section(scopeText(verdict))] : []),
    ...(answered ? lines(assetLines(verdict, ids)) : []),
    ...lines(findingLines(verdict, show, advice)),
  ];
};
