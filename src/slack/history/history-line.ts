import type { Reason } from "../../watch/alert.ts";
import type { HistoryEntry } from "../../watch/history.ts";
import { personText, reasonText } from "../alert/response-text.ts";
import { bold, literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";
import { words } from "../../words/words.ts";
import { callText } from "../verdict/evidence.ts";

/** Shares of a line in characters. */
const SHARES = { name: 80, cause: 240 } as const;

/** What happened; nothing where the states alone say it. */
const WORDS: Readonly<Record<HistoryEntry["reason"], string>> = {
  first: "new problem",
  not_checked: "could not be checked",
  reopened: "came back",
  lasts: "came back and lasts",
  reminder: "still not fixed, said again",
  worse: "worse",
  better: "better",
  stale: "not re-checked for a while",
  recovered: "fixed",
  rotated: "fixed, the token was replaced",
  unwatched: "left the watchlist",
  last_day: "its last day",
  escalated: "nobody answered, escalated",
  acknowledged: "acknowledged",
  unacknowledged: "acknowledgement taken back",
  snoozed: "snoozed",
  unsnoozed: "snooze ended",
  snooze_over: "the snooze is over",
  checked: "checked",
  edited: "",
};

/** What a person does leaves the state as it is. */
const ANSWERS: ReadonlySet<Reason | "edited"> = new Set(["acknowledged", "unacknowledged", "snoozed", "unsnoozed"]);

const movedText = ({ reason, from, to }: HistoryEntry): string => {
  if (ANSWERS.has(reason)) return WORDS[reason];
  // The token is alive; ids of it were not read.
  if (reason === "not_checked" && to === "healthy") return "Alive, not fully checked";
  const moved = from === to ? words.states[to] : `${words.states[from]} → ${words.states[to]}`;
  return WORDS[reason] === "" ? moved : `${moved}, ${WORDS[reason]}`;
};

const personPart = ({ by }: HistoryEntry): string => (by === null ? "" : ` by ${personText(by)}`);

const untilPart = ({ until }: HistoryEntry, show: ShowTime): string => (until === null ? "" : ` until ${show(until)}`);

/** Foreign sentences end as their author ended them. */
const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/**
 * One thing that happened, on one line, safe for mrkdwn: "22 Nov 2026, 08:00 UTC · *orders*: Healthy → Degraded, worse.
 * The token lacks a permission. (GET /debug_token, HTTP 200)".
 * @param show how its times are written
 * @param named false where all entries are of one watch
 */
export const historyLine = (entry: HistoryEntry, show: ShowTime, { named = true } = {}): string => {
  const { watch, at, cause, evidence, remark } = entry;
  const name = named ? `${bold(literal(watch, SHARES.name))}: ` : "";
  const what = `${movedText(entry)}${personPart(entry)}${untilPart(entry, show)}`;
  const head = `${show(at)} · ${name}${what}`;
  return [
    remark === null || remark.trim() === "" ? sentence(head) : `${head}: ${reasonText({ reason: remark })}`,
    ...(cause === null ? [] : [sentence(literal(cause, SHARES.cause))]),
    ...(evidence === null ? [] : [`(${callText({ ...evidence, trace: null })})`]),
  ].join(" ");
};
