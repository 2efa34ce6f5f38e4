import { z } from "zod";

/** A value read from text, or the rest of a sentence that begins with the variable's name: "must be …; it is …". */
export type Reading<T> = { readonly value: T } | { readonly problem: string };

/** A zod schema from a reading function, so that one object schema collects every problem. */
export const field = <T>(read: (text: string) => Reading<T>) =>
  z.string().transform((text, context): T => {
    const reading = read(text);
    if ("value" in reading) return reading.value;
    context.issues.push({ code: "custom", message: reading.problem, input: undefined });
    return z.NEVER;
  });

/** The items of a list with commas between; empty items are left out. */
export const splitList = (text: string): readonly string[] =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** Reads each item; the first problem stands for the list. */
export const readEach = <T>(items: readonly string[], read: (item: string) => Reading<T>): Reading<readonly T[]> => {
  const values: T[] = [];
  for (const item of items) {
    const reading = read(item);
    if ("problem" in reading) return reading;
    values.push(reading.value);
  }
  return { value: values };
};
