import { Writable } from "node:stream";
import yoctoSpinner from "yocto-spinner";
import type { Io, Output } from "./io.ts";

/**
 * Shows on a terminal's stderr that work is running, and removes the text afterwards. A pipe gets nothing. A terminal
 * that cannot move its cursor gets one line without a spinner.
 * @param signal when aborted, the text is removed or not shown, because the process may end before the work does
 */
export async function withProgress<T>(
  { stderr, env }: Pick<Io, "stderr" | "env">,
  text: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  if (!stderr.isTty || signal?.aborted === true) return work();
  if (env["TERM"] === "dumb" || env["CI"] !== undefined) {
    stderr.write(`${text}\n`);
    return work();
  }
  const spinner = yoctoSpinner({ text, stream: terminalOf(stderr), handleSignals: false }).start();
  const remove = (): void => void spinner.stop();
  signal?.addEventListener("abort", remove);
  try {
    return await work();
  } finally {
    signal?.removeEventListener("abort", remove);
    remove();
  }
}

/** The methods of a terminal that the spinner calls. */
function terminalOf({ write, columns }: Output): Writable {
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      write(String(chunk));
      done();
    },
  });
  return Object.assign(stream, {
    isTTY: true,
    columns,
    cursorTo: () => write("\r"),
    moveCursor: (_columns: number, rows: number) => write(`\u001B[${String(Math.abs(rows))}${rows < 0 ? "A" : "B"}`),
    clearLine: () => write("\u001B[K"),
  });
}
