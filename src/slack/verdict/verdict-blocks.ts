// verdict/ turns a verdict into words and blocks, for check results and for the status of one watch alike. One file per
// thing shown: cause, facts, scopes, assets, findings, evidence. Foreign texts are cut and escaped where they are put in.
import type { KnownBlock } from "@slack/types";
import { isDead } from "../../token/finding.ts";
import type { Verdict } from "../../token/verdict.ts";
import { fields, lines, section } from "../blocks.ts";
import { literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";
import { type AssetIds, assetLines } from "./assets.ts";
import { causeOf, nextStep, SENTENCE } from "./cause.ts";
import { factFields } from "./facts.ts";
import { findingLines } from "./findings.ts";
import { nextBlock } from "./next-block.ts";
import { scopeText } from "./scopes.ts";

export interface VerdictOptions {
  readonly verdict: Verdict;
  readonly ids: AssetIds;
  /** The token was typed in, so it may not be deployed yet. */
  readonly typed: boolean;
  readonly now: Date;
  readonly show: ShowTime;
}

/** Everything a verdict says, below the state word: cause, what to do, facts, permissions, assets, findings. */
export const verdictBlocks = ({ verdict, ids, typed, now, show }: VerdictOptions): readonly KnownBlock[] => {
  const { token, findings, state } = verdict;
  const asked = token !== null && state !== "unknown";
  // What a dead token may do is nothing, whatever it was granted.
  const granted = asked && !isDead(state);
  return [
    section(literal(causeOf(verdict), SENTENCE)),
    nextBlock(nextStep(verdict, typed)),
    ...(token === null ? [] : fields(factFields(token, now, show))),
    ...(granted ? [section(scopeText(token))] : []),
    ...(asked ? lines(assetLines(verdict, ids)) : []),
    ...lines(findingLines(findings, show)),
  ];
};
