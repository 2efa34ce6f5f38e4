/** The characters as a person sees them: a letter with its accents, or a family of emoji, is one. */
export function charactersOf(text: string): readonly string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/**
 * Returns text that cannot move the cursor. Line breaks stay, and tabs become spaces. Without U+FE0F a character such
 * as ⚠ is one column wide in every terminal; with it, terminals disagree.
 */
export function printable(text: string): string {
  return text.replaceAll("\t", " ").replace(UNPRINTABLE, (character) => (character === "\n" ? "\n" : ""));
}

/** The number of columns that a text needs in a terminal. */
export function widthOf(text: string): number {
  return charactersOf(text).reduce(
    (sum, character) => sum + (NOTHING.test(character) ? 0 : WIDE.test(character) ? 2 : 1),
    0,
  );
}

/** Characters that move the cursor or change the reading direction, and the character that requests emoji colours. */
const UNPRINTABLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]|\ufe0f/gu;

/**
 * Characters that are two columns wide: East Asian wide and fullwidth letters, and characters that are emoji by
 * default.
 */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}/u;

const NOTHING = /^(?:\p{M}|\u200b|\u200d)+$/u;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
