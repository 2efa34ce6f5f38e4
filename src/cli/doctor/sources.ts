import type { Config } from "../../config/config.ts";
import { type ShapeProblem, shapeProblem } from "../../token/secret/shape-problem.ts";
import { describeSource, type ReadSource } from "../../token/secret/source.ts";
import { terminalText } from "../../words/plain-text.ts";
import { sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import type { Line } from "./line.ts";

/**
 * Checks that each deployed token can be read and has the form of a token. Does not ask Meta about it.
 * @param blockedWatches replaces the line about missing watches while the variables of the watches have problems
 */
export async function sourceLines(
  { watches }: Config,
  readSource: ReadSource,
  blockedWatches?: Line,
): Promise<readonly Line[]> {
  if (watches.length === 0) return [blockedWatches ?? NO_WATCH];
  const lines: Line[] = [];
  for (const { name, source } of watches) {
    const topic = `Token of ${name}`;
    const reading = await readSource(source);
    if (!reading.ok) {
      lines.push({ status: "problem", topic, text: reading.message });
      continue;
    }
    const shape = shapeProblem(reading.secret, source);
    const note = reading.note === null ? "" : ` (${reading.note})`;
    lines.push(
      shape === undefined
        ? { status: "ok", topic, text: `read from ${describeSource(source)}${note}.` }
        : {
            status: "problem",
            topic,
            text: `${describeSource(source)}${note} contains no token. ${shapeText(shape)}`,
          },
    );
  }
  return lines;
}

const NO_WATCH: Line = {
  status: "warning",
  topic: "Watches",
  text: "no token is watched. Set WHATSAPP_ACCESS_TOKEN, WHATSAPP_TOKEN_SOURCE or WATCHLIST to watch one.",
};

function shapeText(problem: ShapeProblem): string {
  return terminalText(sentences(words.shapes.looks(problem), ...words.shapes.remedy(problem)));
}
