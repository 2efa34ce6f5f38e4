import { badness } from "../../token/finding.ts";
import type { DigestRow } from "../../watch/note.ts";
import { LIMITS, lines, section } from "../blocks.ts";
import { boundedList } from "../bounded-list.ts";
import type { ChannelMessage } from "../channel-message.ts";
import { slackDate } from "../moment.ts";
import { bold } from "../mrkdwn.ts";
import { STATE_WORDS } from "../state-words.ts";
import { digestLine } from "./digest-row.ts";
import type { NoteOf } from "./note-of.ts";

/** Who reads a summary wants more than the worst few. */
const MOST = 60;

/** Beside the head. */
const BLOCKS_ROOM = LIMITS.messageBlocksText - 1_000;

/** "1 expired, 2 expiring, 45 healthy", worst first. */
const countsText = (rows: readonly DigestRow[]): string =>
  [...Map.groupBy(rows, ({ state }) => state)]
    .toSorted(([a], [b]) => badness(b) - badness(a))
    .map(([state, alike]) => `${alike.length} ${STATE_WORDS[state].toLowerCase()}`)
    .join(", ");

const acknowledgedText = (count: number, of: number): string => {
  if (count === 0) return "none acknowledged";
  return count === of ? "all acknowledged" : `${count} of them acknowledged`;
};

const headLines = (rows: readonly DigestRow[], more: number, at: Date, timezone: string): readonly string[] => {
  const count = rows.length + more;
  const title = `Summary of ${count === 1 ? "1 watched token" : `${count} watched tokens`}, ${slackDate(at, timezone)}`;
  if (count === 0) return [`${title}: none is watched here.`];
  const open = rows.filter(({ alert }) => alert !== null);
  const answered = open.filter(({ acknowledged }) => acknowledged).length;
  const alerts =
    open.length === 0
      ? "No alert is open."
      : `Open alerts: ${open.length}, ${acknowledgedText(answered, open.length)}.`;
  const of = more === 0 ? "" : rows.length === 1 ? "The worst: " : `The ${rows.length} worst: `;
  return [bold(`${title}:`), `${of}${countsText(rows)}. ${alerts}`];
};

/** Each watch of a channel on one line, worst first. Of several digests that waited, the latest: the others are old news. */
export const digestMessage = (notes: readonly NoteOf<"digest">[], timezone: string): ChannelMessage => {
  const at = new Date(Math.max(...notes.map((note) => note.at.getTime())));
  const latest = notes.filter((note) => note.at.getTime() === at.getTime());
  const rows = latest.flatMap(({ body }) => body.rows);
  const more = latest.reduce((sum, { body }) => sum + body.more, 0);
  const head = headLines(rows, more, at, timezone);
  const list = rows.map((row) => digestLine(row, at, (time) => slackDate(time, timezone)));
  const room = LIMITS.messageText - head.join("\n").length - 1;
  return {
    text: [...head, ...boundedList(list, room, { more, most: MOST })].join("\n"),
    blocks: [section(head.join("\n")), ...lines(boundedList(list, BLOCKS_ROOM, { more, most: MOST }))],
    attachments: [],
  };
};
