import { z } from "zod";

/** An instant, as ISO text in UTC. Dates past the year 9999 are no problem here: a token may claim any end. */
export const Instant = z.codec(z.string(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

const isTextOrUndefined = (value: unknown): boolean => value === undefined || typeof value === "string";

/** JSON has no undefined: such a field is null in a row. */
export const TextOrUndefined = z.codec(z.string().nullable(), z.custom<string | undefined>(isTextOrUndefined), {
  decode: (text) => text ?? undefined,
  encode: (text) => text ?? null,
});

export const TextList = z.array(z.string()).readonly();
