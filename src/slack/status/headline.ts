import type { Spans } from "../../guide/rich-text.ts";
import { words } from "../../words/words.ts";
import type { Tally } from "../../watch/ports.ts";
import { stateWord } from "../kit/state-words.ts";

/** The sign and the text of the headline: "✅", "All 12 tokens work". */
export function headlineOf({ total, attention, waiting }: Pick<Tally, "total" | "attention" | "waiting">): {
  readonly sign: string;
  readonly line: Spans;
} {
  if (attention > 0) return { sign: stateWord("degraded").sign, line: said.attention(attention, total) };
  if (waiting > 0) return { sign: stateWord("unknown").sign, line: said.notChecked(waiting, total) };
  return { sign: stateWord("healthy").sign, line: said.allWork(total) };
}

const { headline: said } = words.status;
