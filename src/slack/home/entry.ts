import type { KnownBlock } from "@slack/types";
import type { Spans } from "../../guide/rich-text.ts";
import type { Alert } from "../../alert/alert.ts";
import type { Verdict } from "../../token/verdict.ts";
import { isPartlyChecked } from "../../token/unread.ts";
import { alertSteps } from "../../words/alert-steps.ts";
import { capital } from "../../words/joined.ts";
import { cutSpans } from "../../words/cut-spans.ts";
import { words } from "../../words/words.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { alertButtons } from "../messages/alert/buttons.ts";
import { section } from "../kit/blocks.ts";
import type { ListedWatch } from "../requests/deps.ts";
import type { ShowTime } from "../kit/moment.ts";
import { cutTo } from "../kit/mrkdwn.ts";
import { mrkdwnText } from "../kit/spans.ts";
import { alertRemarks, openAlert, type RemarkOptions } from "../status/alert-remarks.ts";
import {
  briefChecksLine,
  endBesideCause,
  endLines,
  failingLines,
  remarkLines,
  stateLine,
} from "../status/watch-lines.ts";
import type { Book } from "../../watch/watch-book.ts";
import { causeOf } from "../check/verdict/cause.ts";
import { notReadTexts } from "../../words/unread-text.ts";

export interface EntryOptions extends RemarkOptions {
  readonly cards: Pick<Book<ListedWatch>, "get">;
  readonly show: ShowTime;
  /** True while renewals from Slack are on. */
  readonly renews: boolean;
  /** True for a person who may renew. */
  readonly admin: boolean;
}

/** A watch without an open alert, in a few lines. */
export function watchEntry(record: WatchRecord, options: EntryOptions): KnownBlock {
  const { verdict, failing } = record.state;
  const isWell = verdict?.state === "healthy" && failing === null;
  const end = isWell ? shortEnd(verdict, options.now) : endLines(record, { now: options.now, bar: true });
  return section(cutTo(linesOf(record, options, [], end), SHARES.watch));
}

/** A watch with an open alert: also the cause, the next steps, and the buttons of the alert's message. */
export function alertEntry(record: WatchRecord, options: EntryOptions): readonly KnownBlock[] {
  const alert = openAlert(record, options.now);
  return [
    section(
      cutTo(
        linesOf(
          record,
          options,
          problemLines(record, alert, options),
          endBesideCause(record, { now: options.now, bar: true }),
        ),
        SHARES.alert,
      ),
    ),
    // Each alert has buttons with the same action IDs; the block ID tells them apart.
    ...(alert === undefined
      ? []
      : alertButtons(alert, options.admin).map((block, index) => ({
          ...block,
          block_id: `home.${index}.${alert.id}`.slice(0, 255),
        }))),
  ];
}

const { status } = words;

/** Length limits in characters. The whole view must stay below 250 kB, and one character may take several bytes. */
const SHARES = { alert: 1_500, watch: 600, sentence: 400 } as const;

/** The end of a healthy token on one line of a phone. The status of one watch gives the date. */
function shortEnd({ token }: Verdict, now: Date): readonly Spans[] {
  if (token?.expiry.kind === "never") return [capital(status.end.never())];
  if (token?.expiry.kind !== "at") return [];
  const leftMs = token.expiry.at.getTime() - now.getTime();
  return leftMs > 0 ? [status.end.left(leftMs, true)] : [capital(status.end.passed(token.expiry.at, -leftMs))];
}

/** Why the alert is open and what to do. The cause is a problem in the last answer, or a missing answer. */
function problemLines(
  { state: { verdict, failing } }: WatchRecord,
  alert: Alert | undefined,
  { renews, admin }: EntryOptions,
): readonly Spans[] {
  const { renew, askToRenew } = words.alerts;
  const isKnown = verdict !== null && (verdict.state !== "healthy" || isPartlyChecked(verdict));
  return [
    ...(isKnown ? [causeOf(verdict, failing !== null)] : []),
    ...(alert === undefined ? [] : alertSteps(alert, renews ? (admin ? renew : askToRenew) : undefined)).map((step) =>
      cutSpans(step, SHARES.sentence),
    ),
  ];
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
    briefChecksLine(record, now),
  ]
    .map((line) => mrkdwnText(line, show))
    .join("\n");
}
