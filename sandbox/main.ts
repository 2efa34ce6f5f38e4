// Entry point of `npm run demo`, and the only file of sandbox/ that uses `process`: arguments, streams, signals and the
// exit code. It reads three environment variables: NO_COLOR, TERM and CI.
import { setTimeout as sleep } from "node:timers/promises";
import { isatty } from "node:tty";
import { openBrowser } from "./demo/open-browser.ts";
import { brokeOff, runDemo } from "./demo/demo.ts";

const { stdout, stderr } = process;
const isTerminal = isatty(stdout.fd);
const stopping = new AbortController();

function stop(): void {
  stopping.abort();
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop);

// A reader such as `head` may close the pipe early. That ends the demo and is not an error.
stdout.on("error", stop);

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}

function fail(error: unknown): void {
  stderr.write(brokeOff(error));
  process.exit(1);
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

const { NO_COLOR: noColour, TERM: terminal, CI: ci } = process.env;

const exitCode = await runDemo(process.argv.slice(2), {
  write: (text) => {
    stdout.write(text);
  },
  complain: (text) => {
    stderr.write(text);
  },
  isTerminal,
  columns: isTerminal ? stdout.columns : undefined,
  colour: isTerminal && (noColour ?? "") === "" && terminal !== "dumb",
  sleep: (ms) => sleep(ms, undefined, { signal: stopping.signal }),
  browse: (url) => isTerminal && (ci ?? "") === "" && openBrowser(url),
  stopping: stopping.signal,
});

await Promise.all([flushed(stdout), flushed(stderr)]);
process.exit(exitCode);
