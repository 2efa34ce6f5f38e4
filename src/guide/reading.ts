import { languages } from "./languages/languages.ts";
import { typingSlips } from "./typing-slips.ts";
import { meaningfulWords, plainWords } from "./words.ts";

/** One word of a search, and its possible meanings. */
export interface Reading {
  readonly word: string;
  /** Keyword words that the typed word may mean, with a certainty from 0 to 1. 1 means no typing slip. */
  readonly means: ReadonlyMap<string, number>;
}

/** Translates a search into words of the topics. */
export type ReadWords = (text: string) => readonly Reading[];

/**
 * Understands the words of the topics in every known language, also with typing slips.
 * @param known the words in the keywords of all topics
 */
export function createReader(known: ReadonlySet<string>): ReadWords {
  const meanings = meaningsOf(known);
  const fillers = new Set(languages.flatMap((language) => plainWords(language.fillers)));
  return (text) =>
    respaced(meaningfulWords(text), meanings)
      .filter((word) => meanings.has(word) || !fillers.has(word))
      .map((word) => ({ word, means: meansOf(word, meanings) }));
}

/** The certainty of a match with 0, 1 and 2 typing slips. */
const sureness = [1, 0.8, 0.6];

/** Shorter pieces occur in many words by accident. */
const leastHalf = 3;
const longestPair = 40;

type Meanings = ReadonlyMap<string, ReadonlySet<string>>;

/** Every known word with its meanings. A word that two languages share can have two meanings. */
function meaningsOf(known: ReadonlySet<string>): Meanings {
  const meanings = new Map([...known].map((word) => [word, new Set([word])]));
  for (const { words } of languages)
    for (const [meaning, typed] of Object.entries(words))
      for (const word of plainWords(typed))
        meanings.set(word, new Set([...(meanings.get(word) ?? []), ...plainWords(meaning)]));
  return meanings;
}

/** Corrects spaces: adds a missing one ("renewtoken") and removes a wrong one ("per mission"). */
function respaced(words: readonly string[], meanings: Meanings): readonly string[] {
  const result: string[] = [];
  for (const word of words) {
    const last = result.at(-1) ?? "";
    const bothKnown = meanings.has(last) && meanings.has(word);
    if (last !== "" && !bothKnown && meanings.has(last + word)) result.splice(-1, 1, last + word);
    else result.push(...(meanings.has(word) ? [word] : (halves(word, meanings) ?? [word])));
  }
  return result;
}

/** Splits a word into two known words, if possible. */
function halves(word: string, meanings: Meanings): readonly string[] | undefined {
  for (let at = leastHalf; at <= Math.min(word.length, longestPair) - leastHalf; at++) {
    const pair = [word.slice(0, at), word.slice(at)];
    if (pair.every((half) => meanings.has(half))) return pair;
  }
  return undefined;
}

function meansOf(word: string, meanings: Meanings): ReadonlyMap<string, number> {
  const exact = meanings.get(word);
  if (exact !== undefined) return new Map([...exact].map((meaning) => [meaning, 1]));
  const near = new Map<string, number>();
  // `singular` removes the last "s" of the typing slip "busines", so the comparison also tries the word with "s".
  for (const [other, means] of meanings) {
    const slips = typingSlips(word, other) ?? typingSlips(`${word}s`, other);
    const sure = slips === undefined ? 0 : (sureness[slips] ?? 0);
    if (sure > 0) for (const one of means) near.set(one, Math.max(sure, near.get(one) ?? 0));
  }
  return near;
}
