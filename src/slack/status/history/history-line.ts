import type { Spans } from "../../../guide/rich-text.ts";
import { historyCause } from "../../../words/history-cause.ts";
import { sentences } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import type { Reason } from "../../../alert/alert.ts";
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
  const { watch, at, cause, evidence, remark } = entry;
  const what = whatOf(entry);
  const head = mrkdwnText(named ? said.lineOf(at, watch, what) : said.line(at, what), show);
  const proof = evidence === null ? [] : said.proof(results.evidence.call({ ...evidence, trace: null }));
  return [
    remark === null || remark.trim() === "" ? ended(head) : head,
    ...(cause === null ? [] : [ended(mrkdwnText(said.cause(historyCause(cause)), show))]),
    mrkdwnText(sentences(proof), show),
  ]
    .filter((text) => text !== "")
    .join(" ");
}

const { history: said, results } = words;

/** A person's action or a reminder leaves the state unchanged. */
const STILL: ReadonlySet<Reason | "edited"> = new Set([
  "acknowledged",
  "unacknowledged",
  "snoozed",
  "unsnoozed",
  "snooze_over",
  "escalated",
  "reminder",
]);

function eventOf(entry: HistoryEntry): Spans {
  const { reason, by, until } = entry;
  const event = said.event(reason);
  const personal = by === null ? event : said.by(event, by);
  return until === null ? personal : said.until(personal, until);
}

function whatOf(entry: HistoryEntry): Spans {
  const { reason, from, to, remark } = entry;
  const event = eventOf(entry);
  if (remark !== null && remark.trim() !== "") return said.remark(event, remark);
  if (STILL.has(reason)) return event;
  // The token is alive, but some of its IDs were not read.
  if (reason === "not_checked" && to === "healthy") return said.notFullyChecked();
  if (reason === "worse" && from === to) return said.gotWorse(to);
  return said.moved(event, from, to);
}

/** Adds a full stop only when the text, which other people wrote, has no end mark. */
function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
