import type { Spans } from "../../guide/rich-text.ts";
import { isPartlyChecked } from "../../token/unread.ts";
import { words } from "../../words/words.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { stateWord } from "../kit/state-words.ts";
import { openAlert } from "./alert-remarks.ts";

/** The number of watches, and the number of watches with a problem. */
export interface Tally {
  readonly total: number;
  /** Watches with an open alert, or without a recent, complete and good answer. */
  readonly attention: number;
  /** Watches that were never checked and are not failing. */
  readonly waiting: number;
}

export function tallyOf(records: readonly WatchRecord[], now: Date): Tally {
  return {
    total: records.length,
    attention: records.filter((record) => needsAttention(record, now)).length,
    waiting: records.filter(isWaiting).length,
  };
}

/** The sign and the text of the headline: "✅", "All 12 tokens work". */
export function headlineOf({ total, attention, waiting }: Tally): { readonly sign: string; readonly line: Spans } {
  if (attention > 0) return { sign: stateWord("degraded").sign, line: said.attention(attention, total) };
  if (waiting > 0) return { sign: stateWord("unknown").sign, line: said.notChecked(waiting, total) };
  return { sign: stateWord("healthy").sign, line: said.allWork(total) };
}

const { headline: said } = words.status;

function isWaiting({ state: { verdict, failing }, unreadable }: WatchRecord): boolean {
  return verdict === null && failing === null && unreadable === undefined;
}

function needsAttention(record: WatchRecord, now: Date): boolean {
  if (isWaiting(record)) return record.undelivered !== null;
  const { verdict, failing } = record.state;
  const isWell = verdict?.state === "healthy" && !isPartlyChecked(verdict) && failing === null;
  return !isWell || record.undelivered !== null || openAlert(record, now) !== undefined;
}
