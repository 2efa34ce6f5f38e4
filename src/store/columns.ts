import { z } from "zod";
import { StoreError } from "./store-error.ts";

/** The last instant that has four digits of year: a later one would not sort as text. */
const LAST_SORTABLE_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** An instant as a column holds it. */
export const toColumn = (date: Date): string => new Date(Math.min(date.getTime(), LAST_SORTABLE_MS)).toISOString();

export const toNullableColumn = (date: Date | null): string | null => (date === null ? null : toColumn(date));

export const fromNullableColumn = (text: string | null): Date | null => (text === null ? null : new Date(text));

export const writeJson = <T>(schema: z.ZodType<T>, value: T): string => JSON.stringify(z.encode(schema, value));

export const writeNullableJson = <T>(schema: z.ZodType<T>, value: T | null): string | null =>
  value === null ? null : writeJson(schema, value);

/** Rows are a border too: somebody may have edited them, or a later version written them. */
export const readJson = <T>(schema: z.ZodType<T>, text: string, row: string): T => {
  try {
    return z.decode(schema, JSON.parse(text));
  } catch (cause) {
    throw new StoreError(
      "corrupt",
      `The stored ${row} cannot be read. Restore the database from a backup, or delete that row to start it anew.`,
      { cause },
    );
  }
};

export const readNullableJson = <T>(schema: z.ZodType<T>, text: string | null, row: string): T | null =>
  text === null ? null : readJson(schema, text, row);
