import { rich, type Spans } from "../../guide/rich-text.ts";
import { isDead } from "../../token/findings/finding.ts";
import type { Expiry } from "../../token/expiry.ts";
import type { State } from "../../token/findings/finding.ts";
import { capital, dotted } from "../../words/joined.ts";
import { words } from "../../words/words.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import type { ListedWatch } from "../requests/deps.ts";
import { signed, stateWord } from "../kit/state-words.ts";
import { isEndInCause } from "../check/verdict/cause.ts";
import { lastAnswer, provedBy } from "../check/verdict/evidence.ts";
import { verdictWord } from "../check/verdict/heading.ts";

/** How to write lines: for display, or for screen readers. */
export interface Reading {
  readonly now: Date;
  /** True to draw the days left as a bar too. */
  readonly bar: boolean;
}

/** "✅ Healthy", "❔ Alive, not fully checked"; "❔ Unknown" before the first answer. */
export function recordHeading({ state: { verdict } }: WatchRecord): string {
  return verdict === null ? signed(stateWord("unknown")) : signed(verdictWord(verdict));
}

/** "✅ Healthy"; while checks fail "✅ Healthy (last answer from Meta 22 Nov 2026, 08:00 UTC)". */
export function stateLine(record: WatchRecord): Spans {
  return asOfLastAnswer(record, rich`${recordHeading(record)}`);
}

/** While checks fail, adds the time of the last answer to a statement. */
export function asOfLastAnswer({ state: { verdict, failing } }: WatchRecord, said: Spans): Spans {
  if (failing === null || verdict === null) return said;
  return status.asOf(said, lastAnswer(verdict)?.at ?? verdict.checkedAt);
}

/** "5 days left, expires 27 Nov". For a dead token, the planned expiry. */
export function endPart({ state, expiry }: Ending, { now, bar }: Reading): Spans {
  const { end } = status;
  if (expiry.kind === "not_known") return end.notKnown();
  if (expiry.kind === "never") return isDead(state) ? end.hadNone() : end.never();
  const leftMs = expiry.at.getTime() - now.getTime();
  if (state === "expired" && leftMs <= 0) return end.expired(expiry.at, -leftMs);
  if (isDead(state)) return end.planned(expiry.at);
  return leftMs > 0 ? end.leftUntil(end.left(leftMs, bar), expiry.at) : end.passed(expiry.at, -leftMs);
}

/** When the token ends. Empty when no call was made, and when the expiry is not known. */
export function endLines({ state: { verdict } }: WatchRecord, reading: Reading): readonly Spans[] {
  if (verdict === null || verdict.token === null || lastAnswer(verdict) === null) return [];
  const { state, token } = verdict;
  return token.expiry.kind === "not_known" ? [] : [capital(endPart({ state, expiry: token.expiry }, reading))];
}

/** The end of a token beside a cause that may give the date already: then the days left, or nothing when none are left. */
export function endBesideCause(record: WatchRecord, reading: Reading): readonly Spans[] {
  const { verdict, failing } = record.state;
  if (verdict === null || failing !== null || !isEndInCause(verdict)) return endLines(record, reading);
  const expiry = verdict.token?.expiry;
  if (verdict.state === "expired" || expiry?.kind !== "at" || expiry.at <= reading.now) return [];
  return [status.end.left(expiry.at.getTime() - reading.now.getTime(), reading.bar)];
}

/** When the token was checked last and next. The status of one watch names the call. */
export function briefChecksLine(record: WatchRecord, now: Date): Spans {
  const { verdict, failing } = record.state;
  const last = verdict === null ? null : lastAnswer(verdict);
  if (failing !== null || last === null) return checksLine(record, now);
  return status.checked(last.at, record.nextDueAt <= now ? null : record.nextDueAt);
}

/** The evidence of the state, and the next check. */
export function checksLine({ state: { verdict }, nextDueAt }: WatchRecord, now: Date): Spans {
  return capital(
    dotted(
      ...(verdict === null ? [status.noAnswerYet()] : provedBy(verdict)),
      nextDueAt <= now ? status.nextCheckNow() : status.nextCheck(nextDueAt),
    ),
  );
}

/** Since when checks fail, and why. Empty while checks succeed. */
export function failingLines({ state: { failing } }: WatchRecord, max = SHORT): readonly Spans[] {
  return failing === null ? [] : [status.failing(failing.since, failing.tries, failing.failure.message, max)];
}

/** The notifier stores "code (what to do)". This puts the remedy first. */
export function refusalText(error: string): string {
  const [, word, remedy] = /^([a-z_]+) \((.+)\)$/.exec(error) ?? [];
  return word === undefined || remedy === undefined ? error : `${remedy} (${word})`;
}

/** Remarks: unreadable token, refused alert message, watch not in the watchlist, token source that is read only once. */
export function remarkLines(record: WatchRecord, card: ListedWatch | undefined): readonly Spans[] {
  const { undelivered, unreadable } = record;
  const { remarks } = status;
  return [
    ...(unreadable === undefined ? [] : [remarks.notChecked(unreadable, UNREADABLE)]),
    ...(undelivered === null
      ? []
      : [
          remarks.undelivered(
            words.status.placeWithId(undelivered.channel),
            refusalText(undelivered.error),
            undelivered.retryAt,
          ),
        ]),
    ...(card === undefined ? [remarks.notListed()] : []),
    ...(card === undefined || card.sourceNote === null ? [] : [remarks.source(card.sourceNote, SHORT)]),
  ];
}

const { status } = words;

const SHORT = 160;

/** Enough for a long watch name, the row and the remedy. */
const UNREADABLE = 320;

interface Ending {
  readonly state: State;
  readonly expiry: Expiry;
}
