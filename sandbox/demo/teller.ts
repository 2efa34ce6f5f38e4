import type { SeenMessage } from "../slack/messages.ts";
import type { SeenModal } from "../slack/people/driver.ts";
import { firstLines } from "./terminal/first-lines.ts";
import { messageLines } from "./terminal/message.ts";
import { modalLines } from "./terminal/modal.ts";
import type { Lookup } from "./terminal/mrkdwn.ts";
import type { Paint } from "./terminal/paint.ts";
import { EMPTY, span, type Line } from "./terminal/span.ts";
import { indented, wrap } from "./terminal/wrap.ts";

/** How much of a thing to show; all of it, as Slack spaces it, when not given. */
export interface Extent<Most = number> {
  /** Only as many lines, and how many more there are. */
  readonly most?: Most;
  /** Without the empty lines between blocks. */
  readonly tight?: boolean;
}

/** Puts the story on the screen, one piece after the other. Each resolves when the next may follow. */
export interface Teller {
  /** A new part of the story. */
  readonly scene: (title: string) => Promise<void>;
  /** What happens in the world. */
  readonly caption: (text: string) => Promise<void>;
  /** What a person does: "You type", "/wa-token guide". */
  readonly act: (who: string, what: string) => Promise<void>;
  /** A message as it stands in Slack. */
  readonly message: (message: SeenMessage, extent?: Extent) => Promise<void>;
  /** A modal as it stands on the screen. */
  readonly modal: (modal: SeenModal, extent?: Extent<number | "above the divider">) => Promise<void>;
}

export interface TellerOptions {
  readonly width: number;
  readonly paint: Paint;
  readonly write: (text: string) => void;
  readonly pause: (ms: number) => Promise<void>;
  /** Asked anew for each piece: its `now` moves. */
  readonly lookup: () => Lookup;
}

const INDENT = 2;
const SHORTEST_PAUSE_MS = 700;
const LONGEST_PAUSE_MS = 4000;
const PAUSE_PER_LINE_MS = 150;

export const createTeller = ({ width, paint, write, pause, lookup }: TellerOptions): Teller => {
  const show = async (lines: readonly Line[]): Promise<void> => {
    write([...lines, EMPTY].map((line) => `${paint(line)}\n`).join(""));
    await pause(Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS + lines.length * PAUSE_PER_LINE_MS));
  };
  const room = width - INDENT;
  return {
    scene: (title) =>
      show([EMPTY, [span(`━━ ${title} `, "title"), span("━".repeat(Math.max(2, width - title.length - 4)), "quiet")]]),
    caption: (text) => show(wrap([span(text)], width)),
    act: (who, what) => show([[span(`▸ ${who} `), span(what, "bold", "code")]]),
    message: (message, { most, tight = false } = {}) => {
      const lines = messageLines(message, { width: room, lookup: lookup(), tight });
      return show(indented(INDENT, firstLines(lines, most ?? lines.length)));
    },
    modal: (modal, extent = {}) =>
      show(indented(INDENT, modalLines(modal, { width: room, lookup: lookup(), ...extent }))),
  };
};
