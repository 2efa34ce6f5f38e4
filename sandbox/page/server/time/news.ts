import type { NewsView } from "../../protocol/time-view.ts";
import type { SaidWord } from "../timeline/journal.ts";
import { wordsOf } from "../timeline/wording.ts";

/** The latest news since `from`, oldest first, for people that watch time pass. Reminders in a row are one line. Pure. */
export function newsSince(said: readonly SaidWord[], from: Date): readonly NewsView[] {
  const runs: SaidWord[][] = [];
  for (const word of said) {
    if (word.at <= from) continue;
    const run = runs.at(-1);
    if (word.reason === "reminder" && run?.[0]?.reason === "reminder") run.push(word);
    else runs.push([word]);
  }
  return runs.slice(-MOST_LINES).flatMap((run) => lineOf(run) ?? []);
}

/** More lines would pass before a person has read them. */
const MOST_LINES = 4;

function lineOf(run: readonly SaidWord[]): NewsView | undefined {
  const last = run.at(-1);
  if (last === undefined) return undefined;
  const { what } = wordsOf({ ...last, cause: null, by: null });
  const watches = [...new Set(run.map(({ watch }) => watch))];
  const about = watches.length > MOST_NAMES ? `${watches.length} watches` : watches.join(", ");
  const times = new Set(run.map(({ at }) => at.getTime())).size;
  return { at: last.at.toISOString(), text: `${about}: ${what}${times > 1 ? ` ${times} times` : ""}` };
}

const MOST_NAMES = 2;
