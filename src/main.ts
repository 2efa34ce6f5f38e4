#!/usr/bin/env node
// The edge of the process, and the only file that touches `process`: arguments, environment, streams, signals and the
// exit code go to cli/ as plain values. It imports cli/ only.
import { setTimeout as sleep } from "node:timers/promises";
import { isatty } from "node:tty";
import { unexpectedText, UsageError } from "./cli/errors.ts";
import { EXIT } from "./cli/exit-code.ts";
import { readHiddenLine } from "./cli/hidden-line.ts";
import type { Io, Output } from "./cli/io.ts";
import { runCli } from "./cli/program.ts";
import { readSmallFile } from "./cli/small-file.ts";

/** A token has some hundred characters; more than this is a mistake. */
const LONGEST_STDIN_BYTES = 65_536;

const outputOf = (stream: NodeJS.WriteStream & { readonly fd: number }): Output => ({
  write: (text) => {
    stream.write(text);
  },
  isTty: isatty(stream.fd),
  columns: isatty(stream.fd) ? stream.columns : undefined,
});

const readTyped = (): Promise<string> => {
  const { stdin } = process;
  stdin.setEncoding("utf8");
  return readHiddenLine(
    {
      setRawMode: (hidden) => stdin.setRawMode(hidden),
      // Kept open: its mode must be set back.
      typed: () => stdin.iterator({ destroyOnReturn: false }),
    },
    LONGEST_STDIN_BYTES,
  );
};

const readPiped = async (): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > LONGEST_STDIN_BYTES) throw new UsageError("Standard input is far too long for a token.");
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
};

/** Once, so that a second Ctrl-C ends a process that does not stop. */
const onStop = (listener: () => void): (() => void) => {
  const signals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
  const forget = (): void => {
    for (const signal of signals) process.off(signal, stop);
  };
  const stop = (): void => {
    forget();
    listener();
  };
  for (const signal of signals) process.on(signal, stop);
  return forget;
};

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
  onStop,
};

/** Waits until a stream has taken everything; process.exit alone would cut a pipe short. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write("", () => resolve());
  });

const fail = (error: unknown): void => {
  process.stderr.write(unexpectedText(error));
  process.exit(EXIT.unknown);
};

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
/** A failed write of the output; told at the end, because a bot whose log cannot be written still has its work. */
let lost: Error | undefined;
const onOutputError = (error: Error): void => {
  // A reader that has seen enough (`| head`) is no error.
  if (!("code" in error && error.code === "EPIPE")) lost ??= error;
};
process.stdout.on("error", onOutputError);
process.stderr.on("error", onOutputError);

const code = await runCli(process.argv.slice(2), io);
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
if (lost !== undefined) fail(lost);
process.exit(code);
