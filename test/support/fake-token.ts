const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * A token-shaped value. It is built at run time, because the repository must not contain anything that looks like a
 * real token. The same seed always gives the same value.
 */
export const fakeToken = (seed = "default", length = 200): string => {
  let state = Array.from(seed).reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0, 7);
  let text = "EAA";
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += ALPHABET[(state >>> 16) % ALPHABET.length] ?? "A";
  }
  return text;
};
