import type { Spans } from "../../../guide/rich-text.ts";
import { listed, sentences } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import type { DigestCounts, DigestTable, RenewedRow } from "../../../outbox/digest-table.ts";
import { header, LIMITS, lines, section } from "../../kit/blocks.ts";
import { boundedList } from "../../requests/bounded-list.ts";
import type { ChannelMessage } from "../../kit/channel-message.ts";
import { plainTime, type ShowTime, slackDate } from "../../kit/moment.ts";
import { mrkdwnText, slackHeadline, slackText } from "../../kit/spans.ts";
import { fleetLines } from "../../status/fleet-lines.ts";
import { headlineOf } from "../../status/headline.ts";
import { digestLine } from "./digest-row.ts";

/**
 * A headline, one line for all watches of a channel, one for the renewed ones and one for each fleet with a problem,
 * then one line for each watch, worst first.
 */
export function digestMessage(
  { counts, rows, more, renewed, fleets }: DigestTable,
  at: Date,
  timezone: string,
): ChannelMessage {
  const title = titleOf(counts);
  const written = (show: ShowTime, bar: boolean) => ({
    head: [summaryOf(counts, at), renewedOf(renewed), ...fleetLines(fleets)]
      .filter((spans) => spans.length > 0)
      .map((spans) => mrkdwnText(spans, show))
      .join("\n"),
    list: rows.map((row) => `• ${mrkdwnText(digestLine(row, { now: at, bar }), show)}`),
  });
  const read = written((time) => plainTime(time, timezone), false);
  const shown = written((time) => slackDate(time, timezone), true);
  const head = [slackText(title), read.head];
  const room = LIMITS.messageText - head.join("\n").length - 1;
  return {
    text: [...head, ...boundedList(read.list, room, { more, most: MOST })].join("\n"),
    blocks: [
      header(slackHeadline(title)),
      section(shown.head),
      ...lines(
        boundedList(shown.list, LIMITS.messageBlocksText - ROOM_FOR_TITLE - shown.head.length, { more, most: MOST }),
      ),
    ],
    attachments: [],
  };
}

/** A digest lists more watches than other lists do. */
const MOST = 60;

/** Space for the headline and the parts of the blocks. */
const ROOM_FOR_TITLE = 500;

const { digest, status } = words;

function tallyOf({ states, unread }: DigestCounts): Parameters<typeof headlineOf>[0] {
  const total = states.reduce((sum, { count }) => sum + count, 0);
  const healthy = states.reduce((sum, { state, count }) => (state === "healthy" ? sum + count : sum), 0);
  return { total, attention: total - healthy + unread, waiting: 0 };
}

/** "1 expired, 2 expiring, 1 alive but not fully checked and 45 healthy", worst first. */
function stateParts({ states, unread }: DigestCounts): readonly Spans[] {
  return states.flatMap(({ state, count }) =>
    state === "healthy" ? livingParts(count, unread) : [digest.state(state, count)],
  );
}

function livingParts(count: number, unread: number): readonly Spans[] {
  return [
    ...(unread === 0 ? [] : [digest.notFullyChecked(unread)]),
    ...(unread === count ? [] : [digest.state("healthy", count - unread)]),
  ];
}

/** "6 open alerts: 3 acknowledged, 1 snoozed and 2 without a response." */
function alertsLine({ alerts, acknowledged, snoozed }: DigestCounts): Spans {
  if (alerts === 0) return status.noneOpen();
  const { responses, response } = digest;
  const parts = [
    [acknowledged, responses.acknowledged],
    [snoozed, responses.snoozed],
    [alerts - acknowledged - snoozed, responses.none],
  ] as const;
  const given = parts.filter(([count]) => count > 0);
  const [first] = given;
  return first !== undefined && given.length === 1
    ? digest.alertsAlike(alerts, first[1])
    : digest.alerts(alerts, listed(given.map(([count, word]) => response(count, word))));
}

/** "Renewed since the last digest: crm (by itself, expires …)." Empty when nothing was renewed. */
function renewedOf(renewed: readonly RenewedRow[]): Spans {
  if (renewed.length === 0) return [];
  return digest.renewed(renewed.map(({ watch, by, expiry }) => digest.renewedWatch(watch, by, newEnd(expiry))));
}

function newEnd(expiry: RenewedRow["expiry"]): Spans {
  if (expiry.kind === "at") return digest.expires(expiry.at);
  return expiry.kind === "never" ? status.end.never() : status.end.notKnown();
}

function titleOf(counts: DigestCounts): Spans {
  const tally = tallyOf(counts);
  if (tally.total === 0) return digest.none;
  const { sign, line } = headlineOf(tally);
  return digest.title(sign, line);
}

function summaryOf(counts: DigestCounts, at: Date): Spans {
  const states = stateParts(counts);
  return states.length === 0
    ? digest.dated(at)
    : sentences(digest.dated(at), digest.states(listed(states)), alertsLine(counts));
}
