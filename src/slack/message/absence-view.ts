import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../token/duration.ts";
import { historyLine } from "../history/history-line.ts";
import { LIMITS, lines, openLines } from "../blocks.ts";
import { boundedList } from "../bounded-list.ts";
import { type ChannelMessage, COLOURS } from "../channel-message.ts";
import { slackDate } from "../moment.ts";
import type { MessageBody } from "../../watch/message.ts";

/** The two largest units of a span: "3 h 20 min", "2 d 4 h"; less than a minute is one. */
export const spanText = (ms: number): string => {
  const minutes = Math.max(1, Math.round(ms / MINUTE_MS));
  const parts = [
    { count: Math.floor((minutes * MINUTE_MS) / DAY_MS), unit: "d" },
    { count: Math.floor(((minutes * MINUTE_MS) % DAY_MS) / HOUR_MS), unit: "h" },
    { count: minutes % 60, unit: "min" },
  ];
  const first = parts.findIndex(({ count }) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${count} ${unit}`)
    .join(" ");
};

type Absence = Extract<MessageBody, { readonly kind: "absence" }>;

const headText = ({ from, to, watches }: Absence, timezone: string): string => {
  const span = spanText(to.getTime() - from.getTime());
  const unchecked = watches === 1 ? "1 watch went unchecked" : `${watches} watches went unchecked`;
  return `I was away from ${slackDate(from, timezone)} to ${slackDate(to, timezone)} (${span}). ${unchecked}.`;
};

/** The bot is back: for how long nobody looked, and what it found then. */
export const absenceMessage = (absence: Absence, timezone: string): ChannelMessage => {
  const { missed, more } = absence;
  const list = missed.map((entry) => `• ${historyLine(entry, (at) => slackDate(at, timezone))}`);
  const head = [
    headText(absence, timezone),
    missed.length + more === 0 ? "Everything was checked again, and nothing had changed." : "Found since then:",
  ];
  const room = LIMITS.messageText - head.join("\n").length - 1;
  const shown = boundedList(list, LIMITS.messageBlocksText / 2, { more });
  return {
    text: [...head, ...boundedList(list, room, { more })].join("\n"),
    blocks: openLines(head),
    attachments:
      shown.length === 0 ? [] : [{ color: COLOURS.warning, fallback: "What was missed", blocks: [...lines(shown)] }],
  };
};
