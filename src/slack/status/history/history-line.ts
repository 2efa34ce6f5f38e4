import { historyCause } from "../../../words/history/history-cause.ts";
import { hasRemark, historyEvent } from "../../../words/history/history-event.ts";
import { sentences } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import type { HistoryEntry } from "../../../alert/history.ts";
import type { ShowTime } from "../../kit/moment.ts";
import { mrkdwnText } from "../../kit/spans.ts";

/**
 * One history entry on one line of mrkdwn: "22 Nov 2026, 08:00 UTC · *orders* · Got worse: Healthy → Degraded. The
 * token lacks a permission. (GET /debug_token, HTTP 200)".
 * @param show formats times
 * @param named false when all entries belong to one watch
 */
export function historyLine(entry: HistoryEntry, show: ShowTime, { named = true } = {}): string {
  const { watch, at, cause, evidence } = entry;
  const what = historyEvent(entry);
  const head = mrkdwnText(named ? said.lineOf(at, watch, what) : said.line(at, what), show);
  const proof = evidence === null ? [] : said.proof(results.evidence.call({ ...evidence, trace: null }));
  return [
    hasRemark(entry) ? head : ended(head),
    ...(cause === null ? [] : [ended(mrkdwnText(said.cause(historyCause(cause)), show))]),
    mrkdwnText(sentences(proof), show),
  ]
    .filter((text) => text !== "")
    .join(" ");
}

const { history: said, results } = words;

/** Adds a full stop only when the text, which other people wrote, has no end mark. */
function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
