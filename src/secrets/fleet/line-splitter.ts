import { MOST_BYTES } from "../reading.ts";

/** One line of a fleet. */
export type FleetLine = {
  /** Counts from 1. */
  readonly number: number;
  /** The position of its first byte. */
  readonly at: number;
  /** False for a last line without a line end. Its rest may be missing. */
  readonly isEnded: boolean;
} & ({ readonly text: string } | { readonly problem: string });

/** Splits bytes into lines. It keeps at most one line, and of a line that is too long nothing. */
export interface LineSplitter {
  readonly push: (chunk: Uint8Array) => void;
  /** Gives the last line, when it has no line end. */
  readonly end: () => void;
}

/** @param onLine called for each line that is not blank. Without the line end and a byte order mark */
export function createLineSplitter(onLine: (line: FleetLine) => void): LineSplitter {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const line = Buffer.alloc(MOST_BYTES);
  let length = 0;
  let isTooLong = false;
  let number = 1;
  let at = 0;
  let position = 0;

  const keep = (bytes: Uint8Array): void => {
    position += bytes.length;
    isTooLong ||= length + bytes.length > MOST_BYTES;
    if (isTooLong) return;
    line.set(bytes, length);
    length += bytes.length;
  };

  const finish = (isEnded: boolean): void => {
    const place = { number, at, isEnded };
    if (isTooLong) onLine({ ...place, problem: TOO_LONG });
    else {
      const text = decoded(decoder, line.subarray(0, length));
      if (text === undefined) onLine({ ...place, problem: NOT_TEXT });
      else if (text !== "") onLine({ ...place, text });
    }
    length = 0;
    isTooLong = false;
  };

  return {
    push: (chunk) => {
      let from = 0;
      for (;;) {
        const end = chunk.indexOf(LINE_FEED, from);
        keep(chunk.subarray(from, end < 0 ? chunk.length : end));
        if (end < 0) return;
        finish(true);
        from = end + 1;
        position += 1;
        number += 1;
        at = position;
      }
    },
    end: () => {
      if (position > at) finish(false);
    },
  };
}

const LINE_FEED = 10;

const TOO_LONG = `is longer than ${MOST_BYTES / 1024} KiB`;
const NOT_TEXT = "is not plain text (UTF-8)";

/** Undefined for bytes that are not UTF-8. */
function decoded(decoder: TextDecoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes).trim();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
}
