import type { Button, KnownBlock } from "@slack/types";
import type { Spans } from "../../guide/rich-text.ts";
import { isBlocked } from "../../token/known.ts";
import type { Verdict } from "../../token/verdict.ts";
import { sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import type { HistoryEntry } from "../../alert/history.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { actions, button, context, divider, header, LIMITS, lines, section } from "../kit/blocks.ts";
import { CHECK } from "../check/ids.ts";
import { renewButton } from "../messages/alert/buttons.ts";
import type { ListedWatch } from "../requests/deps.ts";
import { historyTexts } from "./history/history-text.ts";
import { cutTo } from "../kit/mrkdwn.ts";
import { plainTime, type ShowTime, slackDate } from "../kit/moment.ts";
import type { PrivateMessage } from "../requests/request.ts";
import { mrkdwnText, slackPlainText } from "../kit/spans.ts";
import { stateWord } from "../kit/state-words.ts";
import { textLength } from "../kit/text-length.ts";
import { titleOf } from "../check/verdict/title.ts";
import { stateEvidence } from "../check/verdict/evidence.ts";
import { guideButton, nextBlocks } from "../check/verdict/next-blocks.ts";
import { type NextStep, unansweredStep } from "../check/verdict/next-step.ts";
import { SENTENCE } from "../check/verdict/sentence.ts";
import { verdictBlocks, type VerdictOptions } from "../check/verdict/verdict-blocks.ts";
import { verdictText } from "../check/verdict/verdict-text.ts";
import { alertRemarks, type RemarkOptions } from "./alert-remarks.ts";
import { asOfLastAnswer, checksLine, endBesideCause, failingLines, remarkLines } from "./watch-lines.ts";

/** The most history entries in the message. */
export const MOST_HISTORY = 20;

export interface WatchOptions extends RemarkOptions {
  readonly record: WatchRecord;
  /** Undefined for a watch that is only in the store. */
  readonly card: ListedWatch | undefined;
  /** The latest history entries, newest first. */
  readonly history: readonly HistoryEntry[];
  readonly timezone: string;
  /** True for admins while renewals from Slack are on. */
  readonly renews?: boolean;
}

/** Everything that the bot knows about one watch. */
export function watchMessage(options: WatchOptions): PrivateMessage {
  const { record, history, now, timezone } = options;
  const show: ShowTime = (at) => plainTime(at, timezone);
  const read = (texts: readonly Spans[]): readonly string[] => texts.map((spans) => mrkdwnText(spans, show));
  const { verdict, failing } = record.state;
  const said = verdict === null ? undefined : verdictText(verdictOptions(options, verdict, show));
  const head = `${mrkdwnText(titleSpans(options), show)}.`;
  const cause = said === undefined ? [] : [said.cause];
  const text = [
    ...(failing === null ? [[head, ...cause].join(" ")] : [head, ...read(failingTexts(record)), ...cause]),
    ...(said?.facts ?? []),
    ...read([checksLine(record, now), ...remarks(options)]),
    ...(verdict === null ? [] : read([stateEvidence(verdict)])),
    ...(said?.findings ?? []),
  ].join("\n");
  const room = LIMITS.messageText - text.length - 1;
  const historyLines = historyTexts(history, { show, named: false, room, most: MOST_HISTORY });
  return { text: cutTo([text, ...historyLines].join("\n"), LIMITS.messageText), blocks: detail(options) };
}

const { status } = words;

/** In characters: enough for twenty entries of the usual length. */
const HISTORY_ROOM = 6_000;

/** Remarks beyond the verdict: the alert, its channel, the token's source. */
function remarks(options: WatchOptions): readonly Spans[] {
  return [...alertRemarks(options.record, options), ...remarkLines(options.record, options.card)];
}

/** Where the bot reads the token, which applications use it, and where its alerts go. */
function cardLines({ source, consumers, owner, channel }: ListedWatch): readonly Spans[] {
  return [
    status.card.readFrom(source),
    ...(consumers.length === 0 ? [] : [status.card.usedBy(consumers)]),
    ...(owner === undefined ? [] : [status.card.owner(owner)]),
    status.card.channel(channel),
  ];
}

function verdictOptions({ record, now }: WatchOptions, verdict: Verdict, show: ShowTime): VerdictOptions {
  return {
    verdict,
    typed: false,
    past: record.state.failing !== null,
    advice: !isBlocked(record.state.failing),
    buttonFor: (step) => helpButton(step, record),
    now,
    show,
  };
}

function helpButton({ topic }: NextStep, { name }: WatchRecord): Button | undefined {
  return topic === undefined ? undefined : guideButton(topic, name);
}

/** The state and the answer. While checks fail, also the time of the last answer. */
function titleSpans({ record, now }: WatchOptions): Spans {
  const { verdict } = record.state;
  const { sign, word } = stateWord("unknown");
  const outcome =
    verdict === null
      ? words.results.title(sign, word, words.results.outcomes.noAnswer(null))
      : titleOf({ verdict, typed: false, now });
  return status.title(record.name, asOfLastAnswer(record, outcome));
}

/** The days left. The facts below show any other kind of expiry. */
function barLines({ record, now }: WatchOptions): readonly Spans[] {
  const expiry = record.state.verdict?.token?.expiry;
  return expiry?.kind === "at" && expiry.at > now ? endBesideCause(record, { now, bar: true }) : [];
}

/** While checks fail, the failure and its remedy come first, because the last answer may be wrong by now. */
function failingBlocks(record: WatchRecord, show: ShowTime): readonly KnownBlock[] {
  const { failing } = record.state;
  if (failing === null) return [];
  const step = unansweredStep(failing.failure);
  return [
    ...failingLines(record, SENTENCE).map((line) => section(mrkdwnText(line, show))),
    ...nextBlocks(step, helpButton(step, record), show),
  ];
}

/** The latest history entries, as many as fit after the other blocks. */
function historyBlocks(history: WatchOptions["history"], before: number, show: ShowTime): readonly KnownBlock[] {
  const room = Math.min(HISTORY_ROOM, LIMITS.messageBlocksText - before);
  return lines(historyTexts(history, { show, named: false, room, most: MOST_HISTORY }));
}

function checkThisButton({ name }: ListedWatch): Button {
  return button({ id: CHECK.open, text: status.card.check, value: name, label: status.card.checkLabel });
}

function detail(options: WatchOptions): readonly KnownBlock[] {
  const { record, card, history, now, timezone } = options;
  const show: ShowTime = (at) => slackDate(at, timezone);
  const read = (texts: readonly Spans[]): readonly string[] => texts.map((spans) => mrkdwnText(spans, show));
  const { verdict } = record.state;
  const top = [
    header(slackPlainText(titleSpans(options), (at) => plainTime(at, timezone))),
    ...failingBlocks(record, show),
    section(read([...barLines(options), ...remarks(options), checksLine(record, now)]).join("\n")),
    ...(verdict === null ? [] : verdictBlocks(verdictOptions(options, verdict, show))),
    ...(card === undefined ? [] : [divider(), ...lines(read(cardLines(card)))]),
    ...(verdict === null ? [] : [context(mrkdwnText(stateEvidence(verdict), show))]),
  ];
  const end =
    card === undefined
      ? []
      : [actions(checkThisButton(card), ...(options.renews === true ? [renewButton(card.name)] : []))];
  return [...top, ...historyBlocks(history, textLength([...top, ...end]), show), ...end];
}

function failingTexts(record: WatchRecord): readonly Spans[] {
  const { failing } = record.state;
  if (failing === null) return [];
  const { steps } = unansweredStep(failing.failure);
  return [...failingLines(record, SENTENCE), words.alerts.todo(sentences(...steps))];
}
