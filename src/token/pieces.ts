import type { Secret } from "./secret.ts";
import { formsOf, type SecretForm } from "./secret-forms.ts";
import { readingsOf, type TextReading } from "./text-readings.ts";

const HIDDEN = "[redacted]";

/**
 * The text without any run of 12 or more characters of these secrets, wherever the run lies in the secret and however
 * the text cuts or escapes it. Neighbouring separators inside a run go with it.
 */
export const hidePieces = (text: string, secrets: Iterable<Secret>): string => {
  const readings = readingsOf(text);
  const spans: Span[] = [];
  for (const secret of secrets)
    for (const form of formsOf(secret))
      for (const reading of readings)
        if (reading.onlyLetters === form.onlyLetters) spans.push(...runsOf(form, reading));
  return spans.length === 0 ? text : withoutSpans(text, spans);
};

/** Every run of eight characters holds a whole block that begins at a multiple of four. */
const BLOCK = 4;

/** From, and up to without. */
type Span = readonly [number, number];

/** Where the text has runs of the value, as places in the original text. */
function runsOf({ value, shortest }: SecretForm, { text, places }: TextReading): readonly Span[] {
  const runs: Span[] = [];
  let hiddenTo = 0;
  for (let at = 0; at + BLOCK <= text.length; at += BLOCK) {
    // Inside a run: what else begins here sticks out by less than a block.
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
