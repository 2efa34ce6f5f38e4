import type { KnownBlock } from "@slack/types";
import type { Spans } from "../../guide/rich-text.ts";
import { isBlocked } from "../../token/known.ts";
import { isPartlyChecked } from "../../token/unread.ts";
import { cutSpans } from "../../words/cut-spans.ts";
import { sentences } from "../../words/values.ts";
import { factsOf } from "../../words/finding-context.ts";
import { words } from "../../words/words.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { alertButtons } from "../messages/alert/buttons.ts";
import { section } from "../kit/blocks.ts";
import type { ListedWatch } from "../requests/deps.ts";
import type { ShowTime } from "../kit/moment.ts";
import { cutTo } from "../kit/mrkdwn.ts";
import { mrkdwnText } from "../kit/spans.ts";
import { alertRemarks, openAlert, type RemarkOptions } from "../status/alert-remarks.ts";
import { checksLine, endLines, failingLines, remarkLines, stateLine } from "../status/watch-lines.ts";
import { causeOf, shownAsCause } from "../check/verdict/cause.ts";
import { type NextStep, nextStep, unansweredStep } from "../check/verdict/next-step.ts";
import { notReadTexts } from "../../words/unread-text.ts";

export interface EntryOptions extends RemarkOptions {
  readonly cards: ReadonlyMap<string, ListedWatch>;
  readonly show: ShowTime;
}

/** A watch without an open alert, in a few lines. */
export function watchEntry(record: WatchRecord, options: EntryOptions): KnownBlock {
  return section(cutTo(linesOf(record, options, [], endLines(record, { now: options.now, bar: true })), SHARES.watch));
}

/** A watch with an open alert: also the cause, the next steps, and the buttons of the alert's message. */
export function alertEntry(record: WatchRecord, options: EntryOptions): readonly KnownBlock[] {
  const alert = openAlert(record, options.now);
  return [
    section(cutTo(linesOf(record, options, problemLines(record), endBesideCause(record, options.now)), SHARES.alert)),
    // Each alert has buttons with the same action IDs; the block ID tells them apart.
    ...(alert === undefined
      ? []
      : alertButtons(alert).map((block, index) => ({ ...block, block_id: `home.${index}.${alert.id}`.slice(0, 255) }))),
  ];
}

const { status } = words;

/** Length limits in characters. The whole view must stay below 250 kB, and one character may take several bytes. */
const SHARES = { alert: 1_500, watch: 600, sentence: 400 } as const;

function todoLine({ steps }: NextStep): Spans {
  return words.alerts.todo(cutSpans(sentences(...steps), SHARES.sentence));
}

/** Why the alert is open and what to do. The cause is a problem in the last answer, or a missing answer. */
function problemLines({ state: { verdict, failing } }: WatchRecord): readonly Spans[] {
  if (verdict !== null && (verdict.state !== "healthy" || isPartlyChecked(verdict)))
    return [
      causeOf(verdict, failing !== null),
      // While Meta blocks the app, the advice of an older answer does not help.
      todoLine(failing !== null && isBlocked(failing) ? unansweredStep(failing.failure) : nextStep(verdict, false)),
    ];
  return failing === null ? [] : [todoLine(unansweredStep(failing.failure))];
}

/** The end of a token whose problem already gives the date: the days left, or nothing when none are left. */
function endBesideCause(record: WatchRecord, now: Date): readonly Spans[] {
  const { verdict, failing } = record.state;
  const expiry = verdict?.token?.expiry;
  const cause = verdict === null ? undefined : shownAsCause(verdict);
  const isDated = failing === null && cause !== undefined && factsOf(cause, "end") !== undefined;
  if (isDated && cause.code === "expired") return [];
  const isAhead = expiry?.kind === "at" && expiry.at > now;
  return isDated && isAhead
    ? [status.end.left(expiry.at.getTime() - now.getTime(), true)]
    : endLines(record, { now, bar: true });
}

function linesOf(record: WatchRecord, options: EntryOptions, why: readonly Spans[], end: readonly Spans[]): string {
  const { cards, now, show } = options;
  return [
    status.entry(record.name, stateLine(record)),
    ...why,
    ...end,
    ...notReadTexts(record.state.verdict),
    ...failingLines(record),
    ...alertRemarks(record, options),
    ...remarkLines(record, cards.get(record.name)),
    checksLine(record, now),
  ]
    .map((line) => mrkdwnText(line, show))
    .join("\n");
}
