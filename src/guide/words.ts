// English words that say nothing about the topic.
const fillers = new Set(
  "a an and are at be been by can did do does for from get guide has have help how i if in is it its me my of on or our please s that the there this to was we what whats when where with".split(
    " ",
  ),
);
const negations = new Set(["cannot", "cant", "couldnt", "didnt", "doesnt", "dont", "isnt", "no", "wont"]);
/** Of what a person pastes: an error says what it is about at its beginning. */
const maxLength = 600;

/** Keywords written as one line: "a, b c" → ["a", "b c"]. */
export function phrases(list: string): readonly string[] {
  return list.split(", ");
}

/** The words of a text that carry meaning: as `plainWords` gives them, without fillers; "don't" is "not". */
export function meaningfulWords(text: string): readonly string[] {
  return wordsIn(text.slice(0, maxLength))
    .filter((word) => !fillers.has(word))
    .map((word) => (negations.has(word) ? "not" : singular(word)));
}

/** The words of a text in lower case, without accents, vowel signs, punctuation and plural endings. */
export function plainWords(text: string): readonly string[] {
  return wordsIn(text).map(singular);
}

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
