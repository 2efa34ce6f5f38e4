import type { Button, KnownBlock } from "@slack/types";
import { isBlocked } from "../../token/known.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { HistoryEntry } from "../../watch/history.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { actions, button, context, divider, header, LIMITS, lines, section } from "../blocks.ts";
import { CHECK } from "../check/ids.ts";
import type { ListedWatch } from "../deps.ts";
import { historyTexts } from "../history/history-text.ts";
import { bold, code, cutTo, listed, literal } from "../mrkdwn.ts";
import { plainTime, type ShowTime, slackDate } from "../moment.ts";
import type { PrivateMessage } from "../request.ts";
import { stateEvidence } from "../verdict/evidence.ts";
import { textLength } from "../text-length.ts";
import { nextBlock } from "../verdict/next-block.ts";
import { unansweredStep } from "../verdict/next-step.ts";
import { SENTENCE } from "../verdict/sentence.ts";
import { verdictBlocks, type VerdictOptions } from "../verdict/verdict-blocks.ts";
import { verdictText } from "../verdict/verdict-text.ts";
import { alertRemarks, type RemarkOptions } from "./alert-remarks.ts";
import { checksLine, failingLine, remarkLines, stateText } from "./watch-lines.ts";

/** How far back one watch's history is told. */
export const MOST_HISTORY = 20;

export interface WatchOptions extends RemarkOptions {
  readonly record: WatchRecord;
  /** Undefined for a watch that only the store knows. */
  readonly card: ListedWatch | undefined;
  /** Its latest moves, newest first. */
  readonly history: readonly HistoryEntry[];
  readonly timezone: string;
}

const NO_IDS = { phoneNumberId: undefined, whatsappBusinessAccountId: undefined };

/** In characters: twenty entries of the usual length. */
const HISTORY_ROOM = 6_000;

/** What a person should know besides the verdict: of its alert, its channel, its source. */
const remarks = (options: WatchOptions, show: ShowTime): readonly string[] => [
  ...alertRemarks(options.record, options, show),
  ...remarkLines(options.record, options.card, show),
];

/** Where it is read, who uses it, where its alerts go. */
const cardLines = (card: ListedWatch): readonly string[] => {
  const consumers = listed(
    card.consumers.map((consumer) => literal(consumer, 80)),
    400,
  );
  return [
    `${bold("Read from")} ${literal(card.source, 200)}`,
    ...(consumers === "" ? [] : [`${bold("Used by")} ${consumers}`]),
    ...(card.owner === undefined ? [] : [`${bold("Owner")} <@${literal(card.owner, 40)}>`]),
    `${bold("Alerts go to")} <#${literal(card.channel, 40)}>`,
  ];
};

const verdictOptions = ({ record, card, now }: WatchOptions, verdict: Verdict, show: ShowTime): VerdictOptions => ({
  verdict,
  ids: card ?? NO_IDS,
  watch: record.name,
  typed: false,
  past: record.state.failing !== null,
  advice: !isBlocked(record.state.failing),
  now,
  show,
});

/** While checks fail that comes first, with what to do about it: the last answer may be no longer true. */
const failingBlocks = (record: WatchRecord, show: ShowTime): readonly KnownBlock[] => {
  const line = failingLine(record, show, SENTENCE);
  const { failing } = record.state;
  return line === undefined || failing === null
    ? []
    : [section(line), nextBlock(unansweredStep(failing.failure), record.name)];
};

/** Its latest moves, as many as find room behind the rest. */
const historyBlocks = (history: WatchOptions["history"], before: number, show: ShowTime): readonly KnownBlock[] => {
  const room = Math.min(HISTORY_ROOM, LIMITS.messageBlocksText - before);
  return lines(historyTexts(history, { show, named: false, room, most: MOST_HISTORY }));
};

const checkThisButton = ({ name }: ListedWatch): Button =>
  button({
    id: CHECK.open,
    text: "Check this one…",
    value: name,
    label: "Check this one: opens the form with it chosen",
  });

const detail = (options: WatchOptions): readonly KnownBlock[] => {
  const { record, card, history, now, timezone } = options;
  const show: ShowTime = (at) => slackDate(at, timezone);
  const { verdict } = record.state;
  const top = [
    header(`${stateText(record, (at) => plainTime(at, timezone))} ${record.name}`),
    ...failingBlocks(record, show),
    section([checksLine(record, now, show), ...remarks(options, show)].join("\n")),
    ...(verdict === null ? [] : verdictBlocks(verdictOptions(options, verdict, show))),
    ...(card === undefined ? [] : [divider(), ...lines(cardLines(card))]),
    ...(verdict === null ? [] : [context(stateEvidence(verdict, show))]),
  ];
  const end = card === undefined ? [] : [actions(checkThisButton(card))];
  return [...top, ...historyBlocks(history, textLength([...top, ...end]), show), ...end];
};

const failingText = (record: WatchRecord, show: ShowTime): readonly string[] => {
  const line = failingLine(record, show, SENTENCE);
  const { failing } = record.state;
  return line === undefined || failing === null
    ? []
    : [line, `What to do now: ${literal(unansweredStep(failing.failure).text, SENTENCE)}`];
};

/** All that is known about one watch. */
export const watchMessage = (options: WatchOptions): PrivateMessage => {
  const { record, history, now, timezone } = options;
  const show: ShowTime = (at) => plainTime(at, timezone);
  const { verdict, failing } = record.state;
  const said = verdict === null ? undefined : verdictText(verdictOptions(options, verdict, show));
  const cause = said?.cause ?? "No answer yet.";
  const head = `${code(record.name)}: ${stateText(record, show)}.`;
  const text = [
    ...(failing === null ? [`${head} ${cause}`] : [head, ...failingText(record, show), cause]),
    ...(said?.facts ?? []),
    checksLine(record, now, show),
    ...remarks(options, show),
    ...(verdict === null ? [] : [stateEvidence(verdict, show)]),
    ...(said?.findings ?? []),
  ].join("\n");
  const room = LIMITS.messageText - text.length - 1;
  const told = historyTexts(history, { show, named: false, room, most: MOST_HISTORY });
  return { text: cutTo([text, ...told].join("\n"), LIMITS.messageText), blocks: detail(options) };
};
