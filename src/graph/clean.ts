import { reveal, type Secret } from "../token/secret.ts";
import { redact } from "../token/shape.ts";
import { inQuery } from "./query.ts";

/** A text from Graph made safe to keep: free of secrets, control characters and excess length. */
export type Clean = (text: string, longest: number) => string;

export const LONGEST_MESSAGE = 300;
export const LONGEST_NAME = 100;

const HIDDEN = "[redacted]";

/** Enough for any message; redacting a megabyte of noise would take long for nothing. */
const LONGEST_INPUT = 4_000;

/** Whoever knows this many first characters of a secret in a text knows that the rest follows. */
const HEAD = 12;

/** Secrets shorter than this are no secrets, and replacing them would eat ordinary words. */
const SHORTEST_SECRET = 8;

/** Zero-width and direction-changing characters: they hide or turn around what a person reads. */
const INVISIBLE = /\p{Cf}+/gu;

/** Control characters and every kind of line break. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Everything after the question mark of an address can hold a token. */
const ADDRESS_QUERY = /(https?:\/\/[^\s?]{1,500})\?\S*/gi;

/** Replaces every run that begins like the secret, also when the echo breaks off before its end. */
const hide = (text: string, secret: string): string => {
  const head = secret.slice(0, HEAD);
  let at = text.indexOf(head);
  if (at < 0) return text;
  let clean = "";
  let done = 0;
  while (at >= 0) {
    let end = head.length;
    while (end < secret.length && text[at + end] === secret[end]) end++;
    clean += text.slice(done, at) + HIDDEN;
    done = at + end;
    at = text.indexOf(head, done);
  }
  return clean + text.slice(done);
};

const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;

/**
 * Permissions, types, ids, Meta's trace ids and names of plain words: most of what Graph sends. Nothing that `redact`
 * looks for can look like this, so it is not searched for it.
 */
const PLAIN = /^(?:[a-z_]{1,60}|[A-Z_]{1,40}|\d{1,20}|A[0-9A-Za-z]{0,40}|[A-Za-z]{1,19}(?: [A-Za-z]{1,19}){0,5})$/;

/** Knows the secrets of one inspection: Graph's messages, headers and names can echo any of them. */
export const createCleaner = (secrets: readonly Secret[]): Clean => {
  const values = secrets.map((secret) => reveal(secret)).filter((value) => value.length >= SHORTEST_SECRET);
  const inQueries = values.map((value) => inQuery(value)).filter((text, index) => text !== values[index]);
  const hideAll = (text: string): string => {
    const whole = inQueries.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
    return values.reduce(hide, whole);
  };
  return (text, longest) => {
    if (PLAIN.test(text)) return cut(hideAll(text), longest);
    const visible = text.slice(0, LONGEST_INPUT).toWellFormed().replace(INVISIBLE, "").replace(BREAKS, " ");
    return cut(redact(hideAll(visible).replace(ADDRESS_QUERY, "$1")).trim(), longest);
  };
};
