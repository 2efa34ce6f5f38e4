#!/usr/bin/env node
// The edge of the process and the only file that uses `process`. Arguments, environment, streams, signals and the exit
// code go to cli/ as plain values. It imports only cli/.
import { setTimeout as sleep } from "node:timers/promises";
import { isatty } from "node:tty";
import { unexpectedText, UsageError } from "./cli/errors.ts";
import { EXIT } from "./cli/exit-code.ts";
import { readHiddenLine } from "./cli/hidden-line.ts";
import type { Io, Output } from "./cli/io.ts";
import { writePrivateFile } from "./cli/private-file.ts";
import { runCli } from "./cli/program.ts";
import { readSmallFile } from "./cli/small-file.ts";

/** A token has a few hundred characters. Longer input is a mistake. */
const LONGEST_STDIN_BYTES = 65_536;

function outputOf(stream: NodeJS.WriteStream & { readonly fd: number }): Output {
  return {
    write: (text) => {
      stream.write(text);
    },
    isTty: isatty(stream.fd),
    // A terminal that does not know its size, for example in a container, reports 0 columns.
    columns: isatty(stream.fd) && stream.columns > 0 ? stream.columns : undefined,
  };
}

function readTyped(): Promise<string> {
  const { stdin } = process;
  stdin.setEncoding("utf8");
  return readHiddenLine(
    {
      setRawMode: (hidden) => stdin.setRawMode(hidden),
      // Keep stdin open, because its mode must be reset afterwards.
      typed: () => stdin.iterator({ destroyOnReturn: false }),
    },
    LONGEST_STDIN_BYTES,
  );
}

async function readPiped(): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > LONGEST_STDIN_BYTES)
      throw new UsageError("Standard input is too long for a token. Pipe in only the token.");
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * Calls the listener once, so that a second Ctrl-C ends a process that does not stop. The library of the questions ends
 * the process at a signal that nobody else listens to, so the signal stays listened to until its event is over.
 */
function onStop(listener: () => void): () => void {
  const signals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
  const forget = (): void => {
    for (const signal of signals) process.off(signal, stop);
  };
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setImmediate(forget);
    listener();
  };
  for (const signal of signals) process.on(signal, stop);
  return forget;
}

const io: Io = {
  env: process.env,
  cwd: process.cwd(),
  now: () => new Date(),
  wait: (ms) => sleep(ms),
  stdout: outputOf(process.stdout),
  stderr: outputOf(process.stderr),
  readStdin: isatty(0) ? readTyped : readPiped,
  stdinIsTty: isatty(0),
  readFile: readSmallFile,
  writeFile: writePrivateFile,
  terminal: isatty(0) && isatty(1) ? { input: process.stdin, output: process.stdout } : undefined,
  onStop,
};

/** Waits until a stream has written everything. Otherwise process.exit would cut off piped output. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}

function fail(error: unknown): void {
  process.stderr.write(unexpectedText(error));
  process.exit(EXIT.unknown);
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

/** The first failed write. It is reported at the end, because a bot can work without its log. */
let lost: Error | undefined;

function onOutputError(error: Error): void {
  // EPIPE is no error: the reader, for example `head`, has closed the pipe.
  if (!("code" in error && error.code === "EPIPE")) lost ??= error;
}

process.stdout.on("error", onOutputError);
process.stderr.on("error", onOutputError);

const code = await runCli(process.argv.slice(2), io);
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
if (lost !== undefined) fail(lost);
process.exit(code);
