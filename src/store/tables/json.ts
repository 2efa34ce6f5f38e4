import { z } from "zod";

/** An instant as ISO text in UTC. Years after 9999 are valid here, because a token may claim any expiry. */
export const Instant = z.codec(z.string(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** JSON has no undefined, so the row holds null. */
export const TextOrUndefined = z.codec(z.string().nullable(), z.custom<string | undefined>(isTextOrUndefined), {
  decode: (text) => text ?? undefined,
  encode: (text) => text ?? null,
});

export const TextList = z.array(z.string()).readonly();

function isTextOrUndefined(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}
