import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { isUtf16 } from "../secrets/encoding.ts";

/**
 * Reads a regular file of the configuration as UTF-8. Refuses a pipe or device without waiting for data, and a large
 * file without reading all of it. Throws an error with the system's `code`.
 */
export function readSmallFile(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw systemError("EISDIR", "a folder cannot be read");
    if (!stat.isFile()) throw systemError("ENXIO", "not a regular file");
    const bytes = readUpTo(file, MOST_BYTES);
    if (isUtf16(bytes)) throw systemError("EUTF16", "the file is UTF-16");
    // The decoder drops a byte order mark, which would otherwise become part of the first variable's name.
    return new TextDecoder().decode(bytes);
  } finally {
    closeSync(file);
  }
}

/** Much larger than any .env, secret or watchlist. */
const MOST_BYTES = 2_000_000;

function systemError(code: string, message: string): Error {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}

function readUpTo(file: number, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Reads to the end, or just past the limit. The reported size is no help, because it can be 0, as in /proc.
  while (length <= limit) {
    const chunk = new Uint8Array(65_536);
    const bytes = readSync(file, chunk);
    if (bytes === 0) break;
    chunks.push(chunk.subarray(0, bytes));
    length += bytes;
  }
  if (length > limit) throw systemError("EFBIG", "the file is too large");
  return Buffer.concat(chunks);
}
