import { sql } from "kysely";
import { z } from "zod";
import { StoreError } from "../store-error.ts";

export function toColumn(date: Date): string {
  return new Date(Math.min(date.getTime(), LAST_SORTABLE_MS)).toISOString();
}

export function toNullableColumn(date: Date | null): string | null {
  return date === null ? null : toColumn(date);
}

export function fromNullableColumn(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

/** PostgreSQL counts in large integers, which pg returns as text. */
export const countAll = sql<number>`cast(count(*) as integer)`;

export function writeJson<T>(schema: z.ZodType<T>, value: T): string {
  return JSON.stringify(z.encode(schema, value));
}

export function writeNullableJson<T>(schema: z.ZodType<T>, value: T | null): string | null {
  return value === null ? null : writeJson(schema, value);
}

/** Rows are checked like any input: a person may have edited them, or a later version may have written them. */
export function readJson<T>(schema: z.ZodType<T>, text: string, row: string): T {
  try {
    return z.decode(schema, JSON.parse(text));
  } catch (cause) {
    throw new StoreError(
      "corrupt",
      `The stored ${row} cannot be read. Run the version that wrote it, restore a backup, or delete the row to start again.`,
      { cause },
    );
  }
}

export function readNullableJson<T>(schema: z.ZodType<T>, text: string | null, row: string): T | null {
  return text === null ? null : readJson(schema, text, row);
}

/** The last instant with a four-digit year. Later years would not sort as text. */
const LAST_SORTABLE_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
