import { reveal, type Secret } from "./secret.ts";

/**
 * Length in characters of the shortest run that is hidden. A shorter run reveals too little of the secret, and hiding
 * it would also hide ordinary words.
 */
export const RUN = 12;

/** Shorter values are not treated as secrets. Values between this length and `RUN` are hidden only as a whole. */
export const SHORTEST_SECRET = 8;

/** One way to write a secret. */
export interface SecretForm {
  readonly value: string;
  /** Length in characters of the shortest run that is hidden. */
  readonly shortest: number;
  /** True: compared only with readings that contain letters and digits alone. */
  readonly onlyLetters: boolean;
}

/** The forms of a secret that a text is searched for. Empty for a value that is too short to be a secret. */
export function formsOf(secret: Secret): readonly SecretForm[] {
  const known = prepared.get(secret);
  if (known !== undefined) return known;
  const forms = makeForms(reveal(secret));
  prepared.set(secret, forms);
  return forms;
}

/** Caches the forms of each secret. The cache does not keep a secret in memory. */
const prepared = new WeakMap<Secret, readonly SecretForm[]>();

const APP_TOKEN = /^\d+\|/;

/** Scheme and host of a URL. The user name and password are captured, because they can be secret. */
const HOST = /^[a-z][a-z\d+.-]*:\/\/(?:([^/?#@]*)@)?[^/?#]*/i;

/**
 * A secret is one word. White space, quotes, brackets or `NAME=` show that a whole document is in its place. The names
 * and IDs in a document are ordinary words, and a document is never sent. So only the whole document is hidden. The
 * same applies to a number, because it is an ID.
 */
const DOCUMENT = /[\s"'`{}<>]|^\w+=[^=]|^\d+$/;

function makeForms(given: string): readonly SecretForm[] {
  // The app ID before an app token and the host of a URL are not secret.
  const value = given.replace(APP_TOKEN, "").replace(HOST, "$1");
  if (value.length < SHORTEST_SECRET) return [];
  const whole = DOCUMENT.test(given);
  const letters = value.replaceAll(/[^0-9A-Za-z]/g, "");
  const forms: SecretForm[] = [];
  if (letters.length >= RUN) forms.push({ value: letters, shortest: whole ? letters.length : RUN, onlyLetters: true });
  if (letters !== value || letters.length < RUN)
    forms.push({ value, shortest: whole ? value.length : Math.min(RUN, value.length), onlyLetters: false });
  return forms;
}
