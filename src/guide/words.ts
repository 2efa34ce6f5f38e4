import leven from "leven";

// Words that say nothing about the topic; "error 190" is about 190.
const fillers = new Set(
  "a an and are at be been by can code did do does error for from get guide has have help how i if in is it its me my of on or our please s that the there this to was we what when where with".split(
    " ",
  ),
);
const negations = new Set(["cannot", "cant", "couldnt", "didnt", "doesnt", "dont", "isnt", "wont"]);
const maxLength = 600;
const typoLength = 5;

/** Keywords written as one line: "a, b c" → ["a", "b c"]. */
export function phrases(list: string): readonly string[] {
  return list.split(", ");
}

/** The words of a text that carry meaning: lower case, without accents, punctuation, plural endings and fillers; "don't" is "not". */
export function meaningfulWords(text: string): readonly string[] {
  return text
    .slice(0, maxLength)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}'’]/gu, "")
    .replace(/\b(step)(?=\d)|\b(\d+)(?=(?:h|hours?|d|days?)\b)/g, "$& ")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && !fillers.has(word))
    .map((word) => (negations.has(word) ? "not" : singular(word)));
}

/** 1 for the same word, 0.8 for one typo (only in words of five letters or more, never in numbers), else 0. */
export function likeness(word: string, other: string): number {
  if (word === other) return 1;
  const long = word.length >= typoLength && other.length >= typoLength;
  return long && !/\d/.test(word + other) && isOneEdit(word, other) ? 0.8 : 0;
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}

/** One letter more, less, changed, or two neighbours swapped. */
function isOneEdit(word: string, other: string): boolean {
  const distance = leven(word, other, { maxDistance: 3 });
  return distance < 2 || (distance === 2 && swapsOf(word).includes(other));
}

/** Two letters in the wrong order are the most common slip, and Levenshtein's distance counts them as two edits. */
function swapsOf(word: string): readonly string[] {
  return Array.from({ length: Math.max(0, word.length - 1) }, (_, at) =>
    [word.slice(0, at), word[at + 1], word[at], word.slice(at + 2)].join(""),
  );
}
