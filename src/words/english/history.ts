import { bold, date, person, rich, type Spans } from "../../guide/rich-text.ts";
import type { State } from "../../token/findings/finding.ts";
import type { HistoryEntry } from "../../alert/history.ts";
import { cutSpans } from "../cut-spans.ts";
import { foreign, named } from "../values.ts";
import { notFullyChecked, states } from "./states.ts";

/** The names of history events. */
export const EVENTS: Readonly<Record<HistoryEntry["reason"], string>> = {
  first: "New problem",
  not_checked: "Not checked",
  reopened: "Problem came back",
  lasts: "Problem came back and lasts",
  reminder: "Reminder sent",
  worse: "Got worse",
  better: "Improved",
  stale: "Checks keep failing",
  recovered: "Fixed",
  rotated: "Fixed, token replaced",
  unwatched: "Removed from the watchlist",
  last_day: "Last day",
  escalated: "Escalated, nobody responded",
  acknowledged: "Acknowledged",
  unacknowledged: "Acknowledgement undone",
  snoozed: "Snoozed",
  unsnoozed: "Snooze ended",
  snooze_over: "Snooze is over",
  checked: "Checked",
  edited: "State changed",
};

/** The history of watches, one line for each entry. */
export const history = {
  title: (): Spans => rich`${bold("History, newest first")}`,
  cut: (): Spans => rich`Older entries are not shown`,

  event: (reason: HistoryEntry["reason"]): Spans => rich`${EVENTS[reason]}`,
  by: (said: Spans, id: string): Spans => rich`${said} by ${person(id)}`,
  until: (said: Spans, at: Date): Spans => rich`${said} until ${date(at)}`,
  /** The time left is all that changes for an expiring token. For other problems, the cause follows and says what is new. */
  gotWorse: (state: State): Spans =>
    state === "expiring"
      ? rich`Less time left, still ${states[state]}`
      : rich`New part of the problem, still ${states[state]}`,
  moved: (said: Spans, from: State, to: State): Spans =>
    from === to ? rich`${said}: ${states[to]}` : rich`${said}: ${states[from]} → ${states[to]}`,
  notFullyChecked: (): Spans => rich`${notFullyChecked}`,
  /** A person's own words, so in quotes. */
  remark: (said: Spans, remark: string): Spans => rich`${said}. Reason: “${foreign(remark, SHARES.remark)}”`,

  line: (at: Date, what: Spans): Spans => rich`${date(at)} · ${what}`,
  lineOf: (at: Date, watch: string, what: Spans): Spans => rich`${date(at)} · ${named(watch, SHARES.name)} · ${what}`,
  cause: (cause: Spans): Spans => cutSpans(cause, SHARES.cause),
  proof: (call: Spans): Spans => rich`(${call})`,
} as const;

/** Length limits in characters for the parts of a line. */
const SHARES = { name: 80, cause: 240, remark: 300 } as const;
