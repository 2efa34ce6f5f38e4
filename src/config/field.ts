import { z } from "zod";

/** A value, or a problem: the rest of a sentence that begins with the variable's name ("must be …; it is …"). */
export type ParseResult<T> = { readonly value: T } | { readonly problem: string };

/** Wraps a reading function in a zod schema, so that one object schema can collect every problem. */
export function field<T>(read: (text: string) => ParseResult<T>) {
  return z.string().transform((text, context): T => {
    const reading = read(text);
    if ("value" in reading) return reading.value;
    context.issues.push({ code: "custom", message: reading.problem, input: undefined });
    return z.NEVER;
  });
}

/** Splits a comma-separated list. Empty items are dropped, so a trailing comma does no harm. */
export function splitList(text: string): readonly string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/** How to write a list that has this item. Only a list in the watchlist can have an item with a comma in it. */
export function howToList(item: string): string {
  return item.includes(",") ? "one in each item" : "separated by commas";
}

/** Reads each item, and stops at the first problem. */
export function readEach<T>(
  items: readonly string[],
  read: (item: string) => ParseResult<T>,
): ParseResult<readonly T[]> {
  const values: T[] = [];
  for (const item of items) {
    const reading = read(item);
    if ("problem" in reading) return reading;
    values.push(reading.value);
  }
  return { value: values };
}
