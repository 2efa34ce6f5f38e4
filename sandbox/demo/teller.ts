import type { MessageView, ModalView } from "../page/protocol/slack-snapshot.ts";
import { firstLines } from "./terminal/first-lines.ts";
import { messageLines } from "./terminal/message.ts";
import { modalLines } from "./terminal/modal.ts";
import type { Lookup } from "./terminal/mrkdwn.ts";
import type { Paint } from "./terminal/paint.ts";
import { EMPTY, span, type Line } from "./terminal/span.ts";
import { indented, wrap } from "./terminal/wrap.ts";

/** How much of a message or modal to show. By default everything, spaced as in Slack. */
export interface Extent<Most = number> {
  /** Shows only this many lines, and the number of the remaining ones. */
  readonly most?: Most;
  /** Leaves out the empty lines between blocks. */
  readonly tight?: boolean;
}

/** Writes the story to the screen, one part after the other. Each promise resolves when the next part may follow. */
export interface Teller {
  readonly scene: (title: string) => Promise<void>;
  /** An event in the world. */
  readonly caption: (text: string) => Promise<void>;
  /** An action of a person: "Robin types", "/wa-token guide". */
  readonly act: (who: string, what: string) => Promise<void>;
  /** A message as Slack shows it. */
  readonly message: (message: MessageView, extent?: Extent) => Promise<void>;
  /** A modal as Slack shows it. */
  readonly modal: (modal: ModalView, extent?: Extent<number | "above the divider">) => Promise<void>;
}

export interface TellerOptions {
  readonly width: number;
  readonly paint: Paint;
  readonly write: (text: string) => void;
  readonly pause: (ms: number) => Promise<void>;
  /** Called for each part, because its `now` changes. */
  readonly lookup: () => Lookup;
}

export function createTeller({ width, paint, write, pause, lookup }: TellerOptions): Teller {
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
}

const INDENT = 2;
const SHORTEST_PAUSE_MS = 700;
const LONGEST_PAUSE_MS = 4000;
const PAUSE_PER_LINE_MS = 150;
