import type { Secret } from "./secret.ts";
import { formsOf, RUN, SHORTEST_SECRET } from "./secret-forms.ts";
import { hasEscapes, unescapedOf } from "./text-readings.ts";

/** A quick test for texts without any piece of a secret. Its cost does not grow with the number of secrets. */
export interface PieceFilter {
  readonly add: (secret: Secret) => void;
  /** Forgets every secret. */
  readonly clear: () => void;
  /** False: the text certainly contains no piece. True: the full search has to decide. */
  readonly mayHold: (text: string) => boolean;
}

/** Keeps the hashes of all secrets in one table, so that one pass over a text is enough. */
export function createPieceFilter(): PieceFilter {
  const groups = new Uint8Array(2 ** HASH_BITS);
  /** The number of consecutive groups in the shortest run that is hidden. */
  let fewest = groupsIn(RUN);

  /** Tests the text as it is and its letters and digits alone, both in one pass. */
  const holdsRun = (text: string): boolean => {
    let [last, inRow] = [0, 0];
    let [lastLetters, lettersInRow] = [0, 0];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      last = withNext(last, code);
      inRow = groups[hashOf(last)] === 1 ? inRow + 1 : 0;
      if (isLetterOrDigit(code)) {
        lastLetters = withNext(lastLetters, code);
        lettersInRow = groups[hashOf(lastLetters)] === 1 ? lettersInRow + 1 : 0;
      }
      if (inRow >= fewest || lettersInRow >= fewest) return true;
    }
    return false;
  };

  return {
    add: (secret) => {
      for (const { value, shortest } of formsOf(secret)) {
        // Some forms are hidden only as a whole. Their first characters are enough for this test.
        const length = shortest > RUN ? RUN : value.length;
        let last = 0;
        for (let at = 0; at < length; at++) {
          last = withNext(last, value.charCodeAt(at));
          if (at + 1 >= GROUP) groups[hashOf(last)] = 1;
        }
        fewest = Math.min(fewest, groupsIn(shortest));
      }
    },
    clear: () => {
      groups.fill(0);
      fewest = groupsIn(RUN);
    },
    mayHold: (text) =>
      text.length >= SHORTEST_SECRET && (holdsRun(text) || (hasEscapes(text) && holdsRun(unescapedOf(text).text))),
  };
}

/**
 * Length in characters of a hashed group. Every run that is hidden contains at least one group. A run of 12 characters
 * contains 5 consecutive groups.
 */
const GROUP = SHORTEST_SECRET;

const HASH_BITS = 17;

function isLetterOrDigit(code: number): boolean {
  const small = code | 0x20;
  return (code >= 0x30 && code <= 0x39) || (small >= 0x61 && small <= 0x7a);
}

function groupsIn(length: number): number {
  return length - GROUP + 1;
}

/** A rolling hash of 32 bits. Each step shifts it by 4 bits, so a character is gone after 8 more characters. */
function withNext(last: number, code: number): number {
  return ((last << (32 / GROUP)) + code) | 0;
}

/** Multiplying by 2^32 divided by the golden ratio spreads similar groups (Knuth). */
function hashOf(last: number): number {
  return Math.imul(last, 0x9e3779b1) >>> (32 - HASH_BITS);
}
