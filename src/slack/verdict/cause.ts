import { type Caveats, caveatsOf } from "../../token/caveats.ts";
import { type Finding, findingOf } from "../../token/finding.ts";
import type { InspectionFailure } from "../../token/inspection.ts";
import type { Verdict } from "../../token/verdict.ts";
import { literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";
import { findingSentence, SENTENCE } from "./sentence.ts";

/** How a verdict is told: its dates, and whether it is an older answer because nobody can ask now. */
export interface Telling {
  readonly show: ShowTime;
  readonly past: boolean;
}

/** A healthy token: what the word covers, and what it does not. */
const healthyText = ({ unchecked, warnings }: Caveats, past: boolean): string => {
  const is = past ? "was" : "is";
  if (unchecked.length > 0)
    return `The token ${is} alive and nothing wrong was found, but not everything was checked: ${listText(unchecked)}.`;
  if (warnings.length > 0) return `The token ${is} alive.`;
  return `The token ${is} alive and passed every check made here.`;
};

const listText = (texts: readonly string[]): string => literal(texts.join("; "), SENTENCE);

const uncheckedText = ({ unchecked }: Caveats): readonly string[] =>
  unchecked.length === 0 ? [] : [`Not checked: ${listText(unchecked)}.`];

const warningText = ({ warnings }: Caveats): readonly string[] =>
  warnings.length === 0 ? [] : [`Warning: ${listText(warnings)}.`];

/** Graph's failures end so, and say what comes next for a round; here both are said in other places. */
const DISCLAIMER = / This says nothing about the token;[^;]*$/;

/** A blocked app is something that we did find out, and it breaks more than the check. */
const unknownText = ({ kind, message }: InspectionFailure): string =>
  kind === "app_blocked"
    ? `${message} Whether the token itself is alive is not known.`
    : `We could not find out, and this says nothing about the token. ${message.replace(DISCLAIMER, "")}`.trim();

/** The finding that the cause speaks of; undefined when it speaks of none. */
export const toldAsCause = ({ state, findings }: Verdict): Finding | undefined =>
  state === "healthy" ? findings.find(({ code }) => code === "expiry_not_known") : findingOf(state, findings);

/** Why the state is what it is and what it does not cover, in plain words, safe for mrkdwn. */
export const causeText = (verdict: Verdict, { show, past }: Telling): string => {
  if (verdict.failure !== null) return literal(unknownText(verdict.failure), SENTENCE);
  const caveats = caveatsOf(verdict);
  return [...stateTexts(verdict, caveats, { show, past }), ...warningText(caveats)].join(" ");
};

const stateTexts = (verdict: Verdict, caveats: Caveats, { show, past }: Telling): readonly string[] => {
  if (verdict.state === "healthy") return [healthyText(caveats, past)];
  const cause = toldAsCause(verdict);
  const said = cause === undefined ? "Meta gave no reason." : findingSentence(cause, verdict, show);
  return [past ? `At the last answer: ${said}` : said, ...uncheckedText(caveats)];
};
