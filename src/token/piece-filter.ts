import type { Secret } from "./secret.ts";
import { formsOf, RUN, SHORTEST_SECRET } from "./secret-forms.ts";
import { hasEscapes, unescapedOf } from "./text-readings.ts";

/** A quick test for texts that hold no piece of a secret. Its cost does not grow with the number of secrets. */
export interface PieceFilter {
  readonly add: (secret: Secret) => void;
  /** Forgets every secret. */
  readonly clear: () => void;
  /** False: there is no piece, for certain. True: the search has to look. */
  readonly mayHold: (text: string) => boolean;
}

/** Every run that is hidden holds at least one group of so many characters; one of twelve holds five in a row. */
const GROUP = SHORTEST_SECRET;

const HASH_BITS = 17;

/** Keeps the hashes of all groups together, so that a text is looked at once and not once for each secret. */
export const createPieceFilter = (): PieceFilter => {
  const groups = new Uint8Array(2 ** HASH_BITS);
  /** How many groups in a row the shortest run has that would be hidden. */
  let fewest = groupsIn(RUN);

  /** As it stands and without anything but letters and digits, both in one pass. */
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
        // Where only the whole is hidden, its beginning tells enough.
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
};

function isLetterOrDigit(code: number): boolean {
  const small = code | 0x20;
  return (code >= 0x30 && code <= 0x39) || (small >= 0x61 && small <= 0x7a);
}

function groupsIn(length: number): number {
  return length - GROUP + 1;
}

/** 32 bits, four more for each character: a character leaves them when it is no longer among the last eight. */
function withNext(last: number, code: number): number {
  return ((last << (32 / GROUP)) + code) | 0;
}

/** Multiplying by 2^32 divided by the golden ratio spreads similar groups (Knuth). */
function hashOf(last: number): number {
  return Math.imul(last, 0x9e3779b1) >>> (32 - HASH_BITS);
}
