import type { Reason } from "../../alert/alert.ts";
import type { HistoryEntry } from "../../alert/history.ts";
import type { Spans } from "../../guide/rich-text.ts";
import { words } from "../words.ts";

/** The event of a history entry, with the person, the end and the states: "Got worse: Healthy → Degraded". */
export function historyEvent(entry: HistoryEntry): Spans {
  const { reason, from, to, remark } = entry;
  const event = eventOf(entry);
  if (hasRemark(entry)) return said.remark(event, remark ?? "");
  if (STILL.has(reason)) return event;
  // The token is alive, but some of its IDs were not read.
  if (reason === "not_checked" && to === "healthy") return said.notFullyChecked();
  if (reason === "worse" && from === to) return said.gotWorse(to);
  return said.moved(event, from, to);
}

/** True when a person wrote a reason. */
export function hasRemark({ remark }: Pick<HistoryEntry, "remark">): boolean {
  return remark !== null && remark.trim() !== "";
}

const { history: said } = words;

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

function eventOf({ reason, by, until }: HistoryEntry): Spans {
  const event = said.event(reason);
  const personal = by === null ? event : said.by(event, by);
  return until === null ? personal : said.until(personal, until);
}
