import leven from "leven";

// A shorter word has too many neighbours: "car" is one letter from "can" and from "cat".
const oneSlipLength = 4;
const twoSlipsLength = 8;

/**
 * How many typing slips turn one word into the other: a letter more, less or changed, or two neighbours swapped.
 * Undefined for more than a person makes by accident in a word of this length. Numbers are codes: one digit more is
 * another code.
 */
export function typingSlips(word: string, other: string): number | undefined {
  if (word === other) return 0;
  const short = Math.min(word.length, other.length);
  if (short < oneSlipLength || /\d/.test(word + other)) return undefined;
  const allowed = short >= twoSlipsLength ? 2 : 1;
  // The library answers with the limit for everything beyond it, and counts a swap as two edits.
  const edits = leven(word, other, { maxDistance: allowed + 2 });
  if (edits <= allowed) return Math.max(word.length, other.length) > oneSlipLength ? edits : undefined;
  const swapped = edits === allowed + 1 && swapsOf(word).some((one) => leven(one, other) < allowed);
  return swapped ? allowed : undefined;
}

function swapsOf(word: string): readonly string[] {
  return Array.from({ length: word.length - 1 }, (_, at) =>
    [word.slice(0, at), word[at + 1], word[at], word.slice(at + 2)].join(""),
  );
}
