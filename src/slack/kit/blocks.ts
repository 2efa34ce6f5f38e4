import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
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

/** Slack refuses empty texts. */
const NOTHING = "–";

/** Slack's limits in characters and items (Block Kit reference, docs.slack.dev, read 2026-11). */
export const LIMITS = {
  header: 150,
  section: 3000,
  field: 2000,
  fields: 10,
  /** For one context element. Slack does not document it. */
  context: 2000,
  button: 75,
  buttonValue: 2000,
  buttonLabel: 75,
  option: 75,
  options: 100,
  title: 24,
  placeholder: 150,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  messageBlocks: 50,
  /** For the text of all blocks of a message together. Slack does not document it; users of the API saw 13,200. */
  messageBlocksText: 12_000,
  /** For a message's own text. chat.update refuses more. */
  messageText: 4000,
} as const;

/** Plain text, cut to `max`. Slack shows everything in it literally. */
export function plain(text: string, max: number): PlainTextElement {
  const shown = cutTo(printable(text), max);
  return { type: "plain_text", text: shown.trim() === "" ? NOTHING : shown, emoji: true };
}

export function header(text: string): HeaderBlock {
  return { type: "header", text: plain(text, LIMITS.header) };
}

export function divider(): DividerBlock {
  return { type: "divider" };
}

/** One paragraph of mrkdwn, with an optional button beside it. */
export function section(text: string, accessory?: Button): SectionBlock {
  return {
    type: "section",
    text: mrkdwn(text, LIMITS.section),
    ...(accessory === undefined ? {} : { accessory }),
  };
}

/** Short texts in two columns, in blocks of ten, because a section takes no more. */
export function fields(texts: readonly string[]): readonly SectionBlock[] {
  return Array.from({ length: Math.ceil(texts.length / LIMITS.fields) }, (_, index) => ({
    type: "section",
    fields: texts.slice(index * LIMITS.fields, (index + 1) * LIMITS.fields).map((text) => mrkdwn(text, LIMITS.field)),
  }));
}

/** Small print. */
export function context(...texts: readonly string[]): ContextBlock {
  return {
    type: "context",
    elements: texts.slice(0, 10).map((text) => mrkdwn(text, LIMITS.context)),
  };
}

export interface ButtonOptions {
  readonly id: string;
  readonly text: string;
  readonly value?: string;
  readonly url?: string;
  /** Screen readers read this instead of the text. */
  readonly label?: string;
  readonly style?: "primary" | "danger";
  /** A question before the press counts. */
  readonly confirm?: Question;
}

/** The texts of a confirm dialog. */
interface Question {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly deny: string;
}

export function button({ id, text, value, url, label, style, confirm }: ButtonOptions): Button {
  return {
    type: "button",
    action_id: id,
    text: plain(text, LIMITS.button),
    ...(value === undefined || value === "" ? {} : { value: cutTo(value, LIMITS.buttonValue) }),
    ...(url === undefined ? {} : { url }),
    ...(label === undefined ? {} : { accessibility_label: cutTo(printable(label), LIMITS.buttonLabel) }),
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm: question(confirm) }),
  };
}

export function actions(...elements: ActionsBlock["elements"]): ActionsBlock {
  return { type: "actions", elements };
}

export function option(text: string, value: string): PlainTextOption {
  return { text: plain(text, LIMITS.option), value };
}

/** Packs lines into as few sections as the limit allows. A line is never split between two sections. */
export function lines(texts: readonly string[]): readonly SectionBlock[] {
  const packed: string[] = [];
  for (const text of texts.map((line) => cutTo(line, LIMITS.section))) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= LIMITS.section)
      packed[packed.length - 1] = `${last}\n${text}`;
    else packed.push(text);
  }
  return packed.map((text) => section(text));
}

/** Like `lines`, but Slack never folds the sections behind "see more" (section block, docs.slack.dev, read 2026-11). */
export function openLines(texts: readonly string[]): readonly SectionBlock[] {
  return lines(texts).map((block) => ({ ...block, expand: true }));
}

/** A modal without a form. */
export function modal(title: string, blocks: readonly KnownBlock[], close = "Close"): ModalView {
  return {
    type: "modal",
    title: plain(title, LIMITS.title),
    close: plain(close, LIMITS.title),
    blocks: [...blocks],
  };
}

function question({ title, text, confirm, deny }: Question): ConfirmationDialog {
  return {
    title: plain(title, LIMITS.confirmTitle),
    text: plain(text, LIMITS.confirmText),
    confirm: plain(confirm, LIMITS.confirmButton),
    deny: plain(deny, LIMITS.confirmButton),
  };
}

/** mrkdwn whose foreign parts are already escaped. A dot between parts never begins a line of a phone. With `verbatim`, Slack does not turn text into links or mentions. */
function mrkdwn(text: string, max: number): MrkdwnElement {
  return {
    type: "mrkdwn",
    text: text.trim() === "" ? NOTHING : cutTo(text.replaceAll(" · ", "\u00A0· "), max),
    verbatim: true,
  };
}
