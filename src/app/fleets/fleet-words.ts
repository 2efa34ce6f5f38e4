import { counted, grouped } from "../../words/values.ts";

/** What the log, `status`, `/readyz` and digests say about a fleet. No text shows content of a line. */
export const fleetWords = {
  smaller(fleet: string, size: number, before: number | undefined): string {
    const had = before === undefined ? "" : `, and had ${grouped(before)} before`;
    const has = size === 0 ? "no watch" : watches(size);
    return `The list has ${has}${had}. To accept it, run: wa-token round --accept-fleet ${fleet}.`;
  },

  reading: "The bot reads this list for the first time. It inspects the watches after that.",

  notSaved: (error: unknown): string =>
    `The store did not save the list: ${error instanceof Error ? error.message : "it does not answer"}.`,

  /** Which watches the bot inspects while a list is not accepted. */
  inspects(
    { size, isAccepted }: { readonly size: number | undefined; readonly isAccepted: boolean },
    of?: number,
  ): string {
    if (isAccepted) return `The bot keeps the last list: ${watches(size ?? 0)}.`;
    if (of === undefined) return "Its watches are not known, so the bot does not inspect them.";
    return `After a restart, the bot inspects ${grouped(size ?? 0)} of ${watches(of)}, and removes none of the others.`;
  },

  malformed(count: number, first: string): string {
    return count === 0 ? "" : `${counted(count, "line is", "lines are")} malformed. The first: ${first}.`;
  },

  /** After `malformed`. */
  keeps: (kept: number): string =>
    kept === 0
      ? "The bot removes no watch until every line is right."
      : `The bot keeps the last known ${kept === 1 ? "line" : "lines"} of ${watches(kept)}.`,

  skipped(lines: readonly string[], count: number): string {
    const more = count - lines.length;
    return `Skipped ${lines.join("; ")}${more > 0 ? `; and ${counted(more, "more line")}` : ""}.`;
  },
};

function watches(count: number): string {
  return counted(count, "watch", "watches");
}
