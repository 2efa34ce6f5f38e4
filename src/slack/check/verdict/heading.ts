import { isPartlyChecked } from "../../../token/unread.ts";
import type { State } from "../../../token/findings/finding.ts";
import type { Verdict } from "../../../token/verdict.ts";
import { words } from "../../../words/words.ts";
import { openWord, type StateWord, stateWord } from "../../kit/state-words.ts";

/** "Healthy" means that the bot read every configured ID. If an ID was not read, the heading says so. */
export function headingOf(state: State, unread: boolean): StateWord {
  return state === "healthy" && unread ? openWord(words.results.notFullyChecked) : stateWord(state);
}

/** The heading of a result. A typed token that was compared with no ID has an untested reach. */
export function verdictWord(verdict: Pick<Verdict, "state" | "assets" | "alive">, typed = false): StateWord {
  return isReachUntested(verdict, typed)
    ? openWord(words.results.reachNotTested)
    : headingOf(verdict.state, isPartlyChecked(verdict));
}

/** "Expiring ⏳": inside a sentence the word comes first. */
export function verdictHeading(verdict: Pick<Verdict, "state" | "assets" | "alive">): string {
  const { sign, word } = verdictWord(verdict);
  return `${word} ${sign}`;
}

/** True for a working typed token that was compared with no ID, so its reach is not known. */
export function isReachUntested({ state, assets }: Pick<Verdict, "state" | "assets">, typed: boolean): boolean {
  return typed && state === "healthy" && assets.length === 0;
}
