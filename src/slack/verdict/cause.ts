import { type Finding, findingOf } from "../../token/finding.ts";
import type { Verdict } from "../../token/verdict.ts";
import { literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";
import { findingSentence, SENTENCE } from "./sentence.ts";

/** How a verdict is told: its dates, and whether it is an older answer because nobody can ask now. */
export interface Telling {
  readonly show: ShowTime;
  readonly past: boolean;
}

/** Some call about permissions or assets gave no answer, or was not made. */
const isPartial = ({ token, assets }: Verdict): boolean =>
  token?.scopes === null || assets.some(({ reach }) => reach === "not_known");

const healthyText = (verdict: Verdict, past: boolean): string => {
  const partial = isPartial(verdict);
  const dateless = verdict.token?.expiry.kind === "not_known";
  const is = past ? "was" : "is";
  const sure = `The token ${is} alive and ${past ? "could" : "can"} do what ${is} asked of it here.`;
  if (!partial)
    return dateless ? `The token ${is} alive and work${past ? "ed" : "s"} here, but when it ends is not known.` : sure;
  const unsure = dateless ? "when it ends is not known, and not everything" : "not everything";
  return `The token ${is} alive and nothing wrong was found, but ${unsure} could be checked.`;
};

/** Graph's failures end so, and say what comes next for a round; here both are said in other places. */
const DISCLAIMER = / This says nothing about the token;[^;]*$/;

const unknownText = (message: string): string =>
  `We could not find out, and this says nothing about the token. ${message.replace(DISCLAIMER, "")}`.trim();

/** The finding that the cause speaks of; undefined when it speaks of none. */
export const toldAsCause = ({ state, findings }: Verdict): Finding | undefined =>
  state === "healthy" ? findings.find(({ code }) => code === "expiry_not_known") : findingOf(state, findings);

/** Why the state is what it is, in plain words, safe for mrkdwn. */
export const causeText = (verdict: Verdict, { show, past }: Telling): string => {
  if (verdict.state === "healthy") return healthyText(verdict, past);
  if (verdict.state === "unknown") return literal(unknownText(verdict.failure?.message ?? ""), SENTENCE);
  const cause = toldAsCause(verdict);
  const said = cause === undefined ? "Meta gave no reason." : findingSentence(cause, verdict, show);
  return past ? `At the last answer: ${said}` : said;
};
