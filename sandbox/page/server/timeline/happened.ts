import type { HistoryEntry } from "../../../../src/alert/history.ts";
import { historyCause } from "../../../../src/words/history/history-cause.ts";
import { terminalText } from "../../../../src/words/plain-text.ts";
import type { MomentView } from "../../protocol/timeline-view.ts";
import type { SaidWord } from "./journal.ts";
import { wordsOf } from "./wording.ts";

export interface HappenedInput {
  /** History of one watch, in any order. */
  readonly history: readonly HistoryEntry[];
  readonly said: readonly SaidWord[];
  readonly channel: string;
  readonly nameOf: (userId: string) => string;
}

/** The history of a watch from the store, plus the reminders, which the store does not keep. Oldest first. Pure. */
export function happened({ history, said, channel, nameOf }: HappenedInput): readonly MomentView[] {
  const replies = new Map(said.map((reply) => [keyOf(reply), reply]));
  const known = new Set(history.map(keyOf));
  const remembered = history.flatMap(({ at, reason, to, cause, by, remark }): MomentView[] => {
    if (reason === "edited") return [];
    const severity = replies.get(keyOf({ at, reason }))?.severity ?? "warning";
    const moment = {
      reason,
      severity,
      state: to,
      cause: cause === null ? remark : terminalText(historyCause(cause)),
      by: by === null ? null : nameOf(by),
    };
    return [{ at: at.toISOString(), channel, ...wordsOf(moment) }];
  });
  const others = said
    .filter((reply) => !known.has(keyOf(reply)))
    .map((reply): MomentView => {
      return { at: reply.at.toISOString(), channel, ...wordsOf({ ...reply, state: "unknown", cause: null, by: null }) };
    });
  return [...remembered, ...others].toSorted((a, b) => a.at.localeCompare(b.at));
}

function keyOf({ at, reason }: { readonly at: Date; readonly reason: string }): string {
  return `${at.getTime()} ${reason}`;
}
