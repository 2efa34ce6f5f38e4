import { UsageError } from "./errors.ts";

/** A terminal that can be told not to show what is typed; `process.stdin` is one. */
export interface Terminal {
  readonly setRawMode: (hidden: boolean) => unknown;
  /** What is typed, as it comes; can be left without closing the terminal. */
  readonly typed: () => AsyncIterable<string>;
}

const INTERRUPT = "\u0003";
const END = "\u0004";
const ERASE = new Set(["\b", "\u007F"]);
const ERASE_LINE = "\u0015";

/** Terminals put these around what is pasted, when something before us asked them to. */
const PASTE_MARKS = ["\u001B[200~", "\u001B[201~"];

interface Typing {
  readonly text: string;
  readonly done: boolean;
}

const type = ({ text }: Typing, key: string, isLast: boolean): Typing => {
  if (key === INTERRUPT) throw new UsageError("Stopped; nothing was checked.");
  // A line break inside what is pasted is no Enter: the rest would land in the shell, shown and remembered.
  if (key === "\r" || key === "\n") return { text: `${text}\n`, done: isLast && text.trim() !== "" };
  if (key === END) return { text, done: true };
  if (ERASE.has(key)) return { text: text.slice(0, -1), done: false };
  return { text: key === ERASE_LINE ? "" : text + key, done: false };
};

/**
 * One line that is not shown while it is typed or pasted: a screen is seen, recorded and scrolled back. Ends with Enter
 * after some text, or Ctrl-D; Ctrl-C and a text longer than `longest` characters reject with a UsageError.
 */
export const readHiddenLine = async (terminal: Terminal, longest: number): Promise<string> => {
  let typing: Typing = { text: "", done: false };
  terminal.setRawMode(true);
  try {
    for await (const chunk of terminal.typed()) {
      const keys = PASTE_MARKS.reduce((text, mark) => text.replaceAll(mark, ""), chunk);
      for (let index = 0; index < keys.length; index += 1) {
        typing = type(typing, keys.charAt(index), keys.slice(index).trim() === "");
        if (typing.done) return typing.text;
      }
      if (typing.text.length > longest) throw new UsageError("What was typed is far too long for a token.");
    }
    return typing.text;
  } finally {
    terminal.setRawMode(false);
  }
};
