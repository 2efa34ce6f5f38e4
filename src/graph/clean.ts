import { withoutQueries } from "../token/secret/address-queries.ts";
import { hideHeldPieces } from "../token/secret/held.ts";
import { redact } from "../token/secret/shape.ts";

/** Makes a text from Graph safe to keep: removes secrets and control characters, and limits the length. */
export type Clean = (text: string, longest: number) => string;

export const LONGEST_MESSAGE = 300;
export const LONGEST_NAME = 100;

/**
 * Graph's texts can repeat any secret of a call. The caller keeps these secrets registered until everything is read.
 */
export const clean: Clean = (text, longest) => {
  if (PLAIN.test(text)) return cut(hideHeldPieces(text), longest);
  const visible = text.slice(0, LONGEST_INPUT).toWellFormed().replace(INVISIBLE, "").replace(BREAKS, " ");
  return cut(redact(withoutQueries(hideHeldPieces(visible))).trim(), longest);
};

/** Enough for any message. It would take too long to redact a megabyte of noise. */
const LONGEST_INPUT = 4_000;

/** Zero-width and direction-changing characters. They can hide text or reverse its order. */
const INVISIBLE = /\p{Cf}+/gu;

/** Control characters and every kind of line break. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/**
 * Permissions, types, IDs, Meta's trace IDs and names of plain words: most of the texts from Graph. `redact` never
 * finds anything in texts of this form, so they skip it.
 */
const PLAIN = /^(?:[a-z_]{1,60}|[A-Z_]{1,40}|\d{1,20}|A[0-9A-Za-z]{0,40}|[A-Za-z]{1,19}(?: [A-Za-z]{1,19}){0,5})$/;
