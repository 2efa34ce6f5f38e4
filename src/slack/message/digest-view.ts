import type { DigestCounts, DigestTable } from "../../watch/digest-table.ts";
import { LIMITS, lines, section } from "../blocks.ts";
import { boundedList } from "../bounded-list.ts";
import type { ChannelMessage } from "../channel-message.ts";
import { slackDate } from "../moment.ts";
import { bold } from "../mrkdwn.ts";
import type { State } from "../../token/finding.ts";
import { words } from "../../words/words.ts";
import { digestLine } from "./digest-row.ts";

/** Who reads a summary wants more than the worst few. */
const MOST = 60;

/** Beside the head. */
const BLOCKS_ROOM = LIMITS.messageBlocksText - 1_000;

/** "1 expired, 2 expiring, 1 alive but not fully checked, 45 healthy", worst first. */
const statesText = ({ states, unread }: DigestCounts): string =>
  states
    .flatMap(({ state, count }) => (state === "healthy" ? livingTexts(count, unread) : [countText(state, count)]))
    .join(", ");

const countText = (state: State, count: number): string => `${count} ${words.states[state].toLowerCase()}`;

const livingTexts = (count: number, unread: number): readonly string[] => [
  ...(unread === 0 ? [] : [`${unread} alive but not fully checked`]),
  ...(unread === count ? [] : [countText("healthy", count - unread)]),
];

/** "3 acknowledged, 1 snoozed, 2 unanswered" */
const answersText = ({ alerts, acknowledged, snoozed }: DigestCounts): string => {
  const parts = [
    [acknowledged, "acknowledged"],
    [snoozed, "snoozed"],
    [alerts - acknowledged - snoozed, "unanswered"],
  ] as const;
  const said = parts.filter(([count]) => count > 0);
  return said.map(([count, word]) => `${said.length === 1 ? "all" : count} ${word}`).join(", ");
};

const headLines = (counts: DigestCounts, at: Date, timezone: string): readonly string[] => {
  const count = counts.states.reduce((sum, state) => sum + state.count, 0);
  const title = `Summary of ${count === 1 ? "1 watched token" : `${count} watched tokens`}, ${slackDate(at, timezone)}`;
  if (count === 0) return [`${title}: none is watched here.`];
  const alerts = counts.alerts === 0 ? "No alert is open." : `Open alerts: ${counts.alerts}, ${answersText(counts)}.`;
  return [bold(`${title}:`), `${statesText(counts)}. ${alerts}`];
};

/** Each watch of a channel on one line, worst first, below the counts of all. */
export const digestMessage = ({ counts, rows, more }: DigestTable, at: Date, timezone: string): ChannelMessage => {
  const head = headLines(counts, at, timezone);
  const list = rows.map((row) => digestLine(row, at, (time) => slackDate(time, timezone)));
  const room = LIMITS.messageText - head.join("\n").length - 1;
  return {
    text: [...head, ...boundedList(list, room, { more, most: MOST })].join("\n"),
    blocks: [section(head.join("\n")), ...lines(boundedList(list, BLOCKS_ROOM, { more, most: MOST }))],
    attachments: [],
  };
};
