import type { KnownBlock } from "@slack/types";
import { isBlocked } from "../../token/known.ts";
import { isPartlyChecked } from "../../token/unread.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { alertButtons } from "../alert/buttons.ts";
import { section } from "../blocks.ts";
import type { ListedWatch } from "../deps.ts";
import type { ShowTime } from "../moment.ts";
import { bold, cutTo, literal } from "../mrkdwn.ts";
import { alertRemarks, openAlert, type RemarkOptions } from "../status/alert-remarks.ts";
import { failingLine, remarkLines, stateText, timesLine, unreadTexts } from "../status/watch-lines.ts";
import { causeText } from "../verdict/cause.ts";
import { nextStep, unansweredStep } from "../verdict/next-step.ts";

export interface EntryOptions extends RemarkOptions {
  readonly cards: ReadonlyMap<string, ListedWatch>;
  readonly show: ShowTime;
}

/** Shares in characters: the whole view must stay below 250 kB, however many bytes a character takes. */
const SHARES = { alert: 1_500, watch: 600, sentence: 400 } as const;

const todoLine = (text: string): string => `What to do: ${literal(text, SHARES.sentence)}`;

/** Why the alert is open and what to do: an ill answer, or that there is none. */
const problemLines = ({ state: { verdict, failing } }: WatchRecord, show: ShowTime): readonly string[] => {
  if (verdict !== null && (verdict.state !== "healthy" || isPartlyChecked(verdict)))
    return [
      causeText(verdict, { show, past: failing !== null }),
      // While Meta blocks the app, what an older answer advises does not help.
      todoLine(
        failing !== null && isBlocked(failing) ? unansweredStep(failing.failure).text : nextStep(verdict, false).text,
      ),
    ];
  return failing === null ? [] : [todoLine(unansweredStep(failing.failure).text)];
};

const wordsOf = (record: WatchRecord, options: EntryOptions, why: readonly string[]): readonly string[] => {
  const { cards, now, show } = options;
  const failing = failingLine(record, show);
  return [
    `${bold(literal(record.name, 80))}: ${stateText(record, show)}`,
    ...why,
    timesLine(record, now, show),
    ...unreadTexts(record),
    ...(failing === undefined ? [] : [failing]),
    ...alertRemarks(record, options, show),
    ...remarkLines(record, cards.get(record.name), show),
  ];
};

/** A watch without an open alert, in a few lines. */
export const watchEntry = (record: WatchRecord, options: EntryOptions): KnownBlock =>
  section(cutTo(wordsOf(record, options, []).join("\n"), SHARES.watch));

/** One with an open alert: also why and what to do, and the buttons of its message. */
export const alertEntry = (record: WatchRecord, options: EntryOptions): readonly KnownBlock[] => {
  const alert = openAlert(record, options.now);
  const words = wordsOf(record, options, problemLines(record, options.show));
  return [
    section(cutTo(words.join("\n"), SHARES.alert)),
    // The same action ids stand there once for each alert; the block tells them apart.
    ...(alert === undefined
      ? []
      : alertButtons(alert).map((block, index) => ({ ...block, block_id: `home.${index}.${alert.id}`.slice(0, 255) }))),
  ];
};
