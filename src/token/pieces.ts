import { reveal, type Secret } from "./secret.ts";
import { readingsOf, type TextReading } from "./text-readings.ts";

const HIDDEN = "[redacted]";

/**
 * The text without any run of 12 or more characters of these secrets, wherever the run lies in the secret and however
 * the text cuts or escapes it. Neighbouring separators inside a run go with it.
 */
export const hidePieces = (text: string, secrets: Iterable<Secret>): string => {
  let readings: readonly TextReading[] | undefined;
  const spans: Span[] = [];
  for (const secret of secrets)
    for (const form of formsOf(secret)) {
      if (text.length < form.shortest) continue;
      readings ??= readingsOf(text);
      for (const reading of readings)
        if (reading.onlyLetters === form.onlyLetters) spans.push(...runsOf(form, reading));
    }
  return spans.length === 0 ? text : withoutSpans(text, spans);
};

/** A shorter run says too little about the rest, and shorter runs would hide ordinary words. */
const RUN = 12;

/** Values below this are no secrets of ours. Values between this and `RUN` are hidden only as a whole. */
const SHORTEST_SECRET = 8;

/** Every run of eight characters holds a whole block that begins at a multiple of four. */
const BLOCK = 4;

const HASHES = 4_096;

/** One way to write a secret. */
interface Form {
  readonly value: string;
  /** How long a run must be to be hidden. */
  readonly shortest: number;
  /** Compared with the readings that hold letters and digits only. */
  readonly onlyLetters: boolean;
  /** 1 at the hash of each block of the value: most blocks of a text are passed over by one look. */
  readonly blocks: Uint8Array;
}

/** From, and up to without. */
type Span = readonly [number, number];

const APP_TOKEN = /^\d+\|/;

/** Scheme and host of an address; what names the user stays. */
const HOST = /^[a-z][a-z\d+.-]*:\/\/(?:([^/?#@]*)@)?[^/?#]*/i;

/**
 * A secret is one word. White space, quotes, brackets or `NAME=` show a document that stands in the wrong place: its
 * names and ids are ordinary words, and it is never sent, so only the whole of it is hidden. The same holds for an id.
 */
const DOCUMENT = /[\s"'`{}<>]|^\w+=[^=]|^\d+$/;

/** Secrets live as long as the inspection or the process, and so does what was prepared for them. */
const prepared = new WeakMap<Secret, readonly Form[]>();

function formsOf(secret: Secret): readonly Form[] {
  const known = prepared.get(secret);
  if (known !== undefined) return known;
  const forms = makeForms(reveal(secret));
  prepared.set(secret, forms);
  return forms;
}

function makeForms(given: string): readonly Form[] {
  // The app's id in front of an app token, and the host of an address, are no secrets.
  const value = given.replace(APP_TOKEN, "").replace(HOST, "$1");
  if (value.length < SHORTEST_SECRET) return [];
  const whole = DOCUMENT.test(given);
  const letters = value.replaceAll(/[^0-9A-Za-z]/g, "");
  const forms: Form[] = [];
  if (letters.length >= RUN) forms.push(makeForm(letters, whole ? letters.length : RUN, true));
  if (letters !== value || letters.length < RUN)
    forms.push(makeForm(value, whole ? value.length : Math.min(RUN, value.length), false));
  return forms;
}

function makeForm(value: string, shortest: number, onlyLetters: boolean): Form {
  const blocks = new Uint8Array(HASHES);
  for (let at = 0; at + BLOCK <= value.length; at++) blocks[hashAt(value, at)] = 1;
  return { value, shortest, onlyLetters, blocks };
}

function hashAt(text: string, at: number): number {
  let hash = 0;
  for (let offset = 0; offset < BLOCK; offset++) hash = hash * 31 + text.charCodeAt(at + offset);
  return hash & (HASHES - 1);
}

/** Where the text has runs of the value, as places in the original text. */
function runsOf({ value, shortest, blocks }: Form, { text, places }: TextReading): readonly Span[] {
  const runs: Span[] = [];
  let hiddenTo = 0;
  for (let at = 0; at + BLOCK <= text.length; at += BLOCK) {
    // Inside a run: what else begins here sticks out by less than a block.
    if (at + BLOCK <= hiddenTo || blocks[hashAt(text, at)] === 0) continue;
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
