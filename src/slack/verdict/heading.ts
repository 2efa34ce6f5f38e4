import { isPartlyChecked } from "../../token/unread.ts";
import type { State } from "../../token/finding.ts";
import type { Verdict } from "../../token/verdict.ts";
import { stateWithSign } from "../state-words.ts";

/** "Healthy" says that everything configured was read; where it was not, the heading says so instead. */
export const stateHeading = (state: State, unread: boolean): string =>
  state === "healthy" && unread ? "Alive, not fully checked ❔" : stateWithSign(state);

/** The same for a result; a typed token that was held against no id reached nothing yet. */
export const verdictHeading = (verdict: Pick<Verdict, "state" | "assets" | "alive">, typed = false): string =>
  isReachUntested(verdict, typed)
    ? "Alive, reach not tested ❔"
    : stateHeading(verdict.state, isPartlyChecked(verdict));

/** A living token that was typed in and held against no id: whether it reaches anything is open. */
export const isReachUntested = ({ state, assets }: Pick<Verdict, "state" | "assets">, typed: boolean): boolean =>
  typed && state === "healthy" && assets.length === 0;
