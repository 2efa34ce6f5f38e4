import leven from "leven";

/**
 * The number of typing slips between two words. A slip adds, removes or changes a letter, or swaps two neighbours.
 * Undefined if there are more slips than people make by accident in a word of this length. Also undefined for different
 * words with digits: error codes with one different digit are different codes.
 */
export function typingSlips(word: string, other: string): number | undefined {
  if (word === other) return 0;
  const short = Math.min(word.length, other.length);
  if (short < oneSlipLength || /\d/.test(word + other)) return undefined;
  const allowed = short >= twoSlipsLength ? 2 : 1;
  // leven returns the limit for every longer distance, and counts a swap as two edits.
  const edits = leven(word, other, { maxDistance: allowed + 2 });
  if (edits <= allowed) return Math.max(word.length, other.length) > oneSlipLength ? edits : undefined;
  const swapped = edits === allowed + 1 && swapsOf(word).some((one) => leven(one, other) < allowed);
  return swapped ? allowed : undefined;
}

// Shorter words have too many neighbours: "car" is one letter away from both "can" and "cat".
const oneSlipLength = 4;
const twoSlipsLength = 8;

/** Every word that differs from this word by two swapped neighbours. */
export function swapsOf(word: string): readonly string[] {
  return Array.from({ length: word.length - 1 }, (_, at) =>
    [word.slice(0, at), word[at + 1], word[at], word.slice(at + 2)].join(""),
  );
}
