import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { ownTroubleOf } from "../token/own-trouble.ts";
import { absent, decode, failed, MOST_BYTES, type Reading, systemCode, TOO_LARGE } from "./reading.ts";

/**
 * Reads a small text file. The path is resolved once, and every check uses the opened file. A link that is swapped
 * meanwhile, as Kubernetes does, therefore gives the old or the new content, never a mixture. A pipe or device is
 * refused without waiting for data. Throws `OwnTroubleError` when this process has run out of a resource.
 */
export function readTextFile(path: string): Promise<Reading> {
  return withFile(path, readOpened);
}

/** Opens a file without waiting for data, reads from it and closes it. Explains errors of the system. */
export async function withFile(path: string, read: (file: FileHandle) => Promise<Reading>): Promise<Reading> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    return await read(file);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const trouble = ownTroubleOf(code);
    if (trouble !== undefined) throw trouble;
    return explain(code);
  } finally {
    await file?.close();
  }
}

/** Reads an opened file. `keepMark`: the text keeps its byte order mark. */
export async function readOpened(file: FileHandle, { keepMark = false } = {}): Promise<Reading> {
  const stat = await file.stat();
  if (stat.isDirectory()) return failed("it is a folder. Name the file in it that contains the token.");
  if (!stat.isFile()) return failed("it is not a regular file. Name the file that contains the token.");
  if (stat.size > MOST_BYTES) return failed(TOO_LARGE);
  const bytes = await readUpTo(file, MOST_BYTES);
  return bytes.length > MOST_BYTES ? failed(TOO_LARGE) : decode(bytes, keepMark);
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: "the user that runs wa-token may not read it. Give that user read permission.",
  EPERM: "the user that runs wa-token may not read it. Give that user read permission.",
  ELOOP: "it is a symbolic link that leads nowhere. Correct the link or the path.",
  ENXIO: "it is not a regular file. Name the file that contains the token.",
};

function explain(code: string): Reading {
  if (code === "ENOENT" || code === "ENOTDIR")
    return absent("it does not exist. Create the file, or correct the path of the source.");
  return failed(PROBLEMS[code] ?? `it could not be read (${code}). Check the path and the disk.`);
}

/** Reads to the end, or just past the limit. The reported size may be outdated, or 0 as in /proc. */
async function readUpTo(file: FileHandle, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(limit + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, null);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
