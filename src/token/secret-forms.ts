import { reveal, type Secret } from "./secret.ts";

/** A shorter run says too little about the rest, and shorter runs would hide ordinary words. */
export const RUN = 12;

/** Values below this are no secrets of ours. Values between this and `RUN` are hidden only as a whole. */
export const SHORTEST_SECRET = 8;

/** One way to write a secret. */
export interface SecretForm {
  readonly value: string;
  /** How long a run must be to be hidden. */
  readonly shortest: number;
  /** Compared with the readings that hold letters and digits only. */
  readonly onlyLetters: boolean;
}

/** What a text is searched for; nothing for a value that is too short to be a secret. */
export const formsOf = (secret: Secret): readonly SecretForm[] => {
  const known = prepared.get(secret);
  if (known !== undefined) return known;
  const forms = makeForms(reveal(secret));
  prepared.set(secret, forms);
  return forms;
};

/** Secrets live as long as the inspection or the process, and so does what was prepared for them. */
const prepared = new WeakMap<Secret, readonly SecretForm[]>();

const APP_TOKEN = /^\d+\|/;

/** Scheme and host of an address; what names the user stays. */
const HOST = /^[a-z][a-z\d+.-]*:\/\/(?:([^/?#@]*)@)?[^/?#]*/i;

/**
 * A secret is one word. White space, quotes, brackets or `NAME=` show a document that stands in the wrong place: its
 * names and ids are ordinary words, and it is never sent, so only the whole of it is hidden. The same holds for an id.
 */
const DOCUMENT = /[\s"'`{}<>]|^\w+=[^=]|^\d+$/;

function makeForms(given: string): readonly SecretForm[] {
  // The app's id in front of an app token, and the host of an address, are no secrets.
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
