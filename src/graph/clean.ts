import { hideHeldPieces } from "../token/held.ts";
import { redact } from "../token/shape.ts";

/** A text from Graph made safe to keep: free of secrets, control characters and excess length. */
export type Clean = (text: string, longest: number) => string;

export const LONGEST_MESSAGE = 300;
export const LONGEST_NAME = 100;

/** Enough for any message; redacting a megabyte of noise would take long for nothing. */
const LONGEST_INPUT = 4_000;

/** Zero-width and direction-changing characters: they hide or turn around what a person reads. */
const INVISIBLE = /\p{Cf}+/gu;

/** Control characters and every kind of line break. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Everything after the question mark of an address can hold a token. */
const ADDRESS_QUERY = /(https?:\/\/[^\s?]{1,500})\?\S*/gi;

const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;

/**
 * Permissions, types, ids, Meta's trace ids and names of plain words: most of what Graph sends. Nothing that `redact`
 * looks for can look like this, so it is not searched for it.
 */
const PLAIN = /^(?:[a-z_]{1,60}|[A-Z_]{1,40}|\d{1,20}|A[0-9A-Za-z]{0,40}|[A-Za-z]{1,19}(?: [A-Za-z]{1,19}){0,5})$/;

/** Graph's messages, headers and names can echo any secret of a call: the caller holds them until all is read. */
export const clean: Clean = (text, longest) => {
  if (PLAIN.test(text)) return cut(hideHeldPieces(text), longest);
  const visible = text.slice(0, LONGEST_INPUT).toWellFormed().replace(INVISIBLE, "").replace(BREAKS, " ");
  return cut(redact(hideHeldPieces(visible).replace(ADDRESS_QUERY, "$1")).trim(), longest);
};
