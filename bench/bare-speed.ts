import { join } from "node:path";
import { type Child, startChild } from "./child.ts";

/** Calls in a second of the loop in bare-loop.ts, in a new process. */
export const bareSpeed = async (graphUrl: string, calls: number, inFlight: number): Promise<number> => {
  const script = join(import.meta.dirname, "bare-loop.ts");
  const line = await endOf(
    await startChild([script, graphUrl, String(calls), String(inFlight)], {}, "bare loop starts"),
    '"loopMs"',
  );
  return (calls * 1_000) / (JSON.parse(line) as { readonly loopMs: number }).loopMs;
};

/** The next line with these words. Then the child is stopped. */
export const endOf = async (child: Child, words: string): Promise<string> => {
  try {
    return await child.nextLine(words);
  } finally {
    await child.stop();
  }
};
