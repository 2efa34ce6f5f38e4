/** Splits a line of keywords: "a, b c" → ["a", "b c"]. */
export function phrases(list: string): readonly string[] {
  return list.split(", ");
}

/** The meaningful words of a text: `plainWords` without fillers. "don't" becomes "not". */
export function meaningfulWords(text: string): readonly string[] {
  return wordsIn(text.slice(0, maxLength))
    .filter((word) => !fillers.has(word))
    .map((word) => (negations.has(word) ? "not" : singular(word)));
}

/** The words of a text in lower case, without accents, vowel signs, punctuation and plural endings. */
export function plainWords(text: string): readonly string[] {
  return wordsIn(text).map(singular);
}

// Common English words that do not identify a topic.
const fillers = new Set(
  "a an and are at be been by can did do does for from get guide has have help how i if in is it its me my of on or our please s that the there this to was we what whats when where with".split(
    " ",
  ),
);

const negations = new Set(["cannot", "cant", "couldnt", "didnt", "doesnt", "dont", "isnt", "no", "wont"]);

/** The number of characters to read from a pasted text. The beginning of an error text identifies the error. */
const maxLength = 600;

function wordsIn(text: string): readonly string[] {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}'’]/gu, "")
    .replace(/\b(step)(?=\d)|\b(\d+)(?=(?:h|hours?|d|days?)\b)/g, "$& ")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}
