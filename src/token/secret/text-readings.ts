/** One way to read a text. */
export interface TextReading {
  readonly text: string;
  /** True when only letters and digits were kept. */
  readonly onlyLetters: boolean;
  /** Computed only when needed, because most texts contain no secret. */
  readonly places: () => Places;
}

/**
 * The readings in which a secret can be recognised: the text as it is, the text with its escapes resolved, and the
 * letters and digits of both. The last two ignore line breaks, dashes and invisible characters between pieces.
 */
export function readingsOf(text: string): readonly TextReading[] {
  const plain: TextReading = { text, onlyLetters: false, places: () => placesOf(text) };
  if (!hasEscapes(text)) return [plain, lettersOf(plain)];
  const unescaped = unescapedOf(text);
  return [plain, lettersOf(plain), unescaped, lettersOf(unescaped)];
}

/** True when the text may contain an escape. */
export function hasEscapes(text: string): boolean {
  return /[%\\&<]/.test(text);
}

/** The text with its escapes resolved. */
export function unescapedOf(original: string): TextReading {
  const matches = [...original.matchAll(ESCAPE)];
  let text = "";
  let done = 0;
  for (const match of matches) {
    text += original.slice(done, match.index) + resolve(match);
    done = match.index + match[0].length;
  }
  text += original.slice(done);
  return { text, onlyLetters: false, places: () => unescapedPlaces(original.length, matches) };
}

/** The start and end of each character of a reading, as positions in the original text. */
interface Places {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Escapes of URLs, of JSON or source text, and of HTML. */
const ESCAPE =
  /%(?:25)*([\da-f]{2})|\\+u\{?([\da-f]{4,6})\}?|\\+x([\da-f]{2})|\\+([^\\])|&#x([\da-f]{1,6});|&#(\d{1,7});|&([a-z]{2,20});|<\/?(?:br|p|wbr)\b[^<>]{0,40}>/gi;

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", apos: "'", gt: ">", lt: "<", quot: '"' };

/** Replaces line breaks, tags, non-ASCII characters and unknown entities, which only separate pieces. */
const SEPARATOR = " ";

function characterOf(digits: string, base: 10 | 16): string {
  const code = Number.parseInt(digits, base);
  return code < 128 ? String.fromCharCode(code) : SEPARATOR;
}

function resolve([, percent, unicode, byte, escaped, hex, decimal, entity]: RegExpExecArray): string {
  const inHex = percent ?? unicode ?? byte ?? hex;
  if (inHex !== undefined) return characterOf(inHex, 16);
  if (decimal !== undefined) return characterOf(decimal, 10);
  if (escaped !== undefined) return /[nrtbfv0]/.test(escaped) ? SEPARATOR : escaped;
  return ENTITIES[entity?.toLowerCase() ?? ""] ?? SEPARATOR;
}

function placesOf(text: string): Places {
  return {
    starts: Array.from({ length: text.length }, (_, at) => at),
    ends: Array.from({ length: text.length }, (_, at) => at + 1),
  };
}

/** Every escape becomes one character. */
function unescapedPlaces(length: number, matches: readonly RegExpExecArray[]): Places {
  const [starts, ends]: [number[], number[]] = [[], []];
  const copyTo = (to: number): void => {
    for (let at = ends.at(-1) ?? 0; at < to; at++) {
      starts.push(at);
      ends.push(at + 1);
    }
  };
  for (const match of matches) {
    copyTo(match.index);
    starts.push(match.index);
    ends.push(match.index + match[0].length);
  }
  copyTo(length);
  return { starts, ends };
}

function lettersOf({ text, places }: TextReading): TextReading {
  const kept = (): Places => {
    const isKept = (_: number, at: number): boolean => /[0-9A-Za-z]/.test(text.charAt(at));
    const { starts, ends } = places();
    return { starts: starts.filter(isKept), ends: ends.filter(isKept) };
  };
  return { text: text.replaceAll(/[^0-9A-Za-z]+/g, ""), onlyLetters: true, places: kept };
}
