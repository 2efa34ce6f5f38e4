import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  ModalView,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
} from "@slack/types";
import { cutTo, printable } from "./mrkdwn.ts";

/** Slack's limits in characters and items (Block Kit reference, docs.slack.dev, read 2026-11). */
export const LIMITS = {
  header: 150,
  section: 3000,
  field: 2000,
  fields: 10,
  /** Of one context element; not documented, the same as a section's. */
  context: 2000,
  button: 75,
  buttonValue: 2000,
  buttonLabel: 75,
  option: 75,
  options: 100,
  title: 24,
  placeholder: 150,
  messageBlocks: 50,
  /** Text of all blocks of a message together; not documented, seen by users of the API at 13,200. */
  messageBlocksText: 12_000,
  /** Of a message's own text; chat.update refuses more. */
  messageText: 4000,
} as const;

/** Slack refuses empty texts. */
const NOTHING = "–";

/** Plain text, cut; everything in it is literal. */
export const plain = (text: string, max: number): PlainTextElement => {
  const shown = cutTo(printable(text), max);
  return { type: "plain_text", text: shown.trim() === "" ? NOTHING : shown, emoji: true };
};

/** mrkdwn whose foreign parts are already escaped. `verbatim`: nothing in it becomes a link or mention by itself. */
const mrkdwn = (text: string, max: number): MrkdwnElement => ({
  type: "mrkdwn",
  text: text.trim() === "" ? NOTHING : cutTo(text, max),
  verbatim: true,
});

export const header = (text: string): HeaderBlock => ({ type: "header", text: plain(text, LIMITS.header) });

export const divider = (): DividerBlock => ({ type: "divider" });

/** One paragraph of mrkdwn, with a button beside it if given. */
export const section = (text: string, accessory?: Button): SectionBlock => ({
  type: "section",
  text: mrkdwn(text, LIMITS.section),
  ...(accessory === undefined ? {} : { accessory }),
});

/** Short texts in two columns; blocks of ten, because a section takes no more. */
export const fields = (texts: readonly string[]): readonly SectionBlock[] =>
  Array.from({ length: Math.ceil(texts.length / LIMITS.fields) }, (_, index) => ({
    type: "section",
    fields: texts.slice(index * LIMITS.fields, (index + 1) * LIMITS.fields).map((text) => mrkdwn(text, LIMITS.field)),
  }));

/** Small print. */
export const context = (...texts: readonly string[]): ContextBlock => ({
  type: "context",
  elements: texts.slice(0, 10).map((text) => mrkdwn(text, LIMITS.context)),
});

export interface ButtonOptions {
  readonly id: string;
  readonly text: string;
  readonly value?: string;
  readonly url?: string;
  /** What a screen reader says instead of the text. */
  readonly label?: string;
  readonly style?: "primary" | "danger";
}

export const button = ({ id, text, value, url, label, style }: ButtonOptions): Button => ({
  type: "button",
  action_id: id,
  text: plain(text, LIMITS.button),
  ...(value === undefined || value === "" ? {} : { value: cutTo(value, LIMITS.buttonValue) }),
  ...(url === undefined ? {} : { url }),
  ...(label === undefined ? {} : { accessibility_label: cutTo(printable(label), LIMITS.buttonLabel) }),
  ...(style === undefined ? {} : { style }),
});

export const actions = (...elements: ActionsBlock["elements"]): ActionsBlock => ({ type: "actions", elements });

export const option = (text: string, value: string): PlainTextOption => ({ text: plain(text, LIMITS.option), value });

/** Lines packed into as few sections as the limit allows; a line is never split over two. */
export const lines = (texts: readonly string[]): readonly SectionBlock[] => {
  const packed: string[] = [];
  for (const text of texts.map((line) => cutTo(line, LIMITS.section))) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= LIMITS.section)
      packed[packed.length - 1] = `${last}\n${text}`;
    else packed.push(text);
  }
  return packed.map((text) => section(text));
};

/** The same, never folded behind "see more" (section block, docs.slack.dev, read 2026-11). */
export const openLines = (texts: readonly string[]): readonly SectionBlock[] =>
  lines(texts).map((block) => ({ ...block, expand: true }));

/** A modal without a form. */
export const modal = (title: string, blocks: readonly KnownBlock[], close = "Close"): ModalView => ({
  type: "modal",
  title: plain(title, LIMITS.title),
  close: plain(close, LIMITS.title),
  blocks: [...blocks],
});
