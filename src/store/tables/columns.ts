import { z } from "zod";
import { StoreError } from "../store-error.ts";

/** The last instant with a four-digit year. Later years would not sort as text. */
const LAST_SORTABLE_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export const toColumn = (date: Date): string => new Date(Math.min(date.getTime(), LAST_SORTABLE_MS)).toISOString();

export const toNullableColumn = (date: Date | null): string | null => (date === null ? null : toColumn(date));

export const fromNullableColumn = (text: string | null): Date | null => (text === null ? null : new Date(text));

export const writeJson = <T>(schema: z.ZodType<T>, value: T): string => JSON.stringify(z.encode(schema, value));

export const writeNullableJson = <T>(schema: z.ZodType<T>, value: T | null): string | null =>
  value === null ? null : writeJson(schema, value);

/** Rows are checked like any input: a person may have edited them, or a later version may have written them. */
export const readJson = <T>(schema: z.ZodType<T>, text: string, row: string): T => {
  try {
    return z.decode(schema, JSON.parse(text));
  } catch (cause) {
    throw new StoreError(
      "corrupt",
      `The stored ${row} cannot be read. Run the version that wrote it, restore a backup, or delete the row to start again.`,
      { cause },
    );
  }
};

export const readNullableJson = <T>(schema: z.ZodType<T>, text: string | null, row: string): T | null =>
  text === null ? null : readJson(schema, text, row);
