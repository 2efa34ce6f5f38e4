import type { Secret } from "./secret.ts";
import { formsOf, type SecretForm } from "./secret-forms.ts";
import { readingsOf, type TextReading } from "./text-readings.ts";

/**
 * Replaces every run of 12 or more characters of these secrets with `[redacted]`. It also finds runs that the text
 * splits or escapes. Separators inside a run are replaced with it. Some values are hidden only as a whole: see
 * secret-forms.ts.
 */
export function hidePieces(text: string, secrets: Iterable<Secret>): string {
  const readings = readingsOf(text);
  const spans: Span[] = [];
  for (const secret of secrets)
    for (const form of formsOf(secret))
      for (const reading of readings)
        if (reading.onlyLetters === form.onlyLetters) for (const run of runsOf(form, reading)) spans.push(run);
  return spans.length === 0 ? text : withoutSpans(text, spans);
}

const HIDDEN = "[redacted]";

/**
 * Every run of 8 characters contains a whole block that starts at a multiple of 4. So the search tests only these
 * blocks.
 */
const BLOCK = 4;

/** Start (included) and end (excluded). */
type Span = readonly [number, number];

/** The runs of the secret in one reading, as positions in the original text. */
function runsOf({ value, shortest }: SecretForm, { text, places }: TextReading): readonly Span[] {
  const runs: Span[] = [];
  let hiddenTo = 0;
  for (let at = 0; at + BLOCK <= text.length; at += BLOCK) {
    // This block is already hidden. If another run extends a whole block further, a later block finds that run.
    if (at + BLOCK <= hiddenTo) continue;
    const block = text.slice(at, at + BLOCK);
    for (let found = value.indexOf(block); found >= 0; found = value.indexOf(block, found + 1)) {
      let before = 0;
      while (before < Math.min(at, found) && text[at - before - 1] === value[found - before - 1]) before++;
      let after = BLOCK;
      while (found + after < value.length && text[at + after] === value[found + after]) after++;
      if (before + after < shortest) continue;
      hiddenTo = Math.max(hiddenTo, at + after);
      runs.push([at - before, at + after]);
    }
  }
  if (runs.length === 0) return [];
  const { starts, ends } = places();
  return runs.map(([from, to]) => [starts[from] ?? from, ends[to - 1] ?? to]);
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  let clean = "";
  let done = 0;
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    if (from >= done) clean += text.slice(done, from) + HIDDEN;
    done = Math.max(done, to);
  }
  return clean + text.slice(done);
}
