import type { FileHandle } from "node:fs/promises";
import { MINUTE_MS } from "../../token/duration.ts";
import { inTime } from "../../token/in-time.ts";
import type { Source } from "../../token/secret/source.ts";
import type { Commands } from "../commands.ts";
import { isUtf16 } from "../encoding.ts";
import type { TakeChunk } from "../exec.ts";
import { withFile } from "../file.ts";
import { failed, type Reading, UTF16 } from "../reading.ts";
import { createLineSplitter, type FleetLine } from "./line-splitter.ts";

/** The list of a fleet: a file, or the output of a command. */
export type FleetSource = Extract<Source, { readonly kind: "file" | "exec" }>;

export interface FleetReaderOptions {
  readonly commands: Pick<Commands, "stream">;
  /** A longer reading fails. In milliseconds. Default: 2 minutes. */
  readonly timeoutMs?: number;
}

/**
 * Reads a list of JSON lines, and keeps none of them. It fails when the list may not be complete: the command did not
 * exit with 0, the file changed meanwhile, or the time is over. The lines so far then do not count. Problems never show
 * content.
 * @throws {OwnTroubleError} when this process has run out of a resource
 */
export type ReadFleet = (source: FleetSource, onLine: (line: FleetLine) => void) => Promise<Reading>;

export function createFleetReader({ commands, timeoutMs = TIMEOUT_MS }: FleetReaderOptions): ReadFleet {
  return async (source, onLine) => {
    let lines = 0;
    const splitter = createLineSplitter((line) => {
      lines = line.number;
      onLine(line);
    });
    let isFirst = true;
    const take: TakeChunk = (chunk) => {
      if (isFirst && isUtf16(chunk)) return UTF16;
      isFirst = false;
      splitter.push(chunk);
      return lines > MOST_LINES ? TOO_MANY : undefined;
    };
    const reading =
      source.kind === "exec"
        ? await commands.stream(source.argv, timeoutMs, take)
        : await withFile(source.path, (file) => readInTime(file, take, timeoutMs));
    if (reading.ok) splitter.end();
    return reading;
  };
}

const TIMEOUT_MS = 2 * MINUTE_MS;

/** More than any fleet. An output without end must not keep the bot busy. */
const MOST_LINES = 5_000_000;

const TOO_MANY = `it gives more than ${MOST_LINES} lines. Check that it is the right list.`;

const CHUNK_BYTES = 64 * 1024;

async function readInTime(file: FileHandle, take: TakeChunk, timeoutMs: number): Promise<Reading> {
  const deadline = { isOver: false };
  const reading = readAll(file, take, deadline);
  if (await inTime(reading, timeoutMs)) return reading;
  deadline.isOver = true;
  return failed(`it could not be read within ${timeoutMs / 1000} s. Check the disk.`);
}

async function readAll(file: FileHandle, take: TakeChunk, deadline: { readonly isOver: boolean }): Promise<Reading> {
  const before = await file.stat();
  if (!before.isFile()) return failed("it is not a regular file. Name the file that contains the list.");
  const chunk = Buffer.alloc(CHUNK_BYTES);
  while (!deadline.isOver) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    const problem = take(chunk.subarray(0, bytesRead));
    if (problem !== undefined) return failed(problem);
  }
  const after = await file.stat();
  return before.size === after.size && before.mtimeMs === after.mtimeMs
    ? { ok: true, text: "" }
    : failed("it changed while it was read. Write a new file and rename it to this name.");
}
