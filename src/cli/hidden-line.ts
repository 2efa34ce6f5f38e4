import { UsageError } from "./errors.ts";

/** A terminal that can hide typed text, such as `process.stdin`. */
export interface Terminal {
  readonly setRawMode: (hidden: boolean) => unknown;
  /** The typed text in chunks. The terminal stays open when the iteration ends early. */
  readonly typed: () => AsyncIterable<string>;
}

/**
 * Reads one line without showing it, because other people can see or record the screen. The line ends with Enter after
 * some text, or with Ctrl-D. Rejects with a UsageError on Ctrl-C, or when the text has more than `longest` characters.
 */
export async function readHiddenLine(terminal: Terminal, longest: number): Promise<string> {
  let typing: Typing = { text: "", done: false };
  terminal.setRawMode(true);
  try {
    for await (const chunk of terminal.typed()) {
      const keys = PASTE_MARKS.reduce((text, mark) => text.replaceAll(mark, ""), chunk);
      for (let index = 0; index < keys.length; index += 1) {
        typing = type(typing, keys.charAt(index), keys.slice(index).trim() === "");
        if (typing.done) return typing.text;
      }
      if (typing.text.length > longest)
        throw new UsageError("The typed text is too long for a token. Nothing was checked. Paste only the token.");
    }
    return typing.text;
  } finally {
    terminal.setRawMode(false);
  }
}

const INTERRUPT = "\u0003";
const END = "\u0004";
const ERASE = new Set(["\b", "\u007F"]);
const ERASE_LINE = "\u0015";

/**
 * In bracketed paste mode, terminals put these marks around pasted text. An earlier program may have left this mode on.
 */
const PASTE_MARKS = ["\u001B[200~", "\u001B[201~"];

interface Typing {
  readonly text: string;
  readonly done: boolean;
}

function type({ text }: Typing, key: string, isLast: boolean): Typing {
  if (key === INTERRUPT) throw new UsageError("Stopped. Nothing was checked.");
  // A line break inside pasted text does not end the input. Otherwise the shell would show the rest and keep it in its
  // history.
  if (key === "\r" || key === "\n") return { text: `${text}\n`, done: isLast && text.trim() !== "" };
  if (key === END) return { text, done: true };
  if (ERASE.has(key)) return { text: text.slice(0, -1), done: false };
  return { text: key === ERASE_LINE ? "" : text + key, done: false };
}
