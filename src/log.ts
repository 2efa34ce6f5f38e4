// The one place that makes a logger; a value for app.ts and cli/ only, the others import pino's types. It imports pino
// and token/. Tokens live in Secret and never get here; this is the second line of defence: every line is read again
// before it is written. What looks like a token, a piece of a secret that the process holds, and the query of an address
// are taken out.
import { destination, type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";
import { redact } from "./token/shape.ts";

export interface LoggerOptions {
  readonly level: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
  /** Where lines go, one JSON object each; standard output unless given. */
  readonly to?: Pick<DestinationStream, "write"> | undefined;
}

const DEEPEST = 8;

/** The query of an address can hold a token, whatever its parameter is called. */
const ADDRESS_QUERY = /\b((?:https?|wss?):\/\/[^\s?"'<>]+)\?[^\s"'<>]*/gi;

const SECRET_KEY = /^(?:authorization|proxy-authorization|cookie|set-cookie|password|.*token|.*secret)$/i;

/** A text without anything token-shaped and without the queries of addresses. */
const scrubText = (text: string): string => redact(text.replaceAll(ADDRESS_QUERY, "$1?[redacted]"));

const scrubValue = (value: unknown, key: string): unknown => {
  if (typeof value === "string") return SECRET_KEY.test(key) && value !== "[secret]" ? "[redacted]" : scrubText(value);
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, below]) => [scrubText(name), scrubValue(below, name)]));
};

/** Works on the finished line, so that messages, bindings and nested objects are all covered by the same rule. */
const scrubLine = (line: string): string => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return scrubText(line);
  }
  return `${JSON.stringify(scrubValue(parsed, ""))}\n`;
};

/**
 * An error as plain fields, causes included. Other properties stay out: those of HTTP and Slack errors hold whole
 * requests, headers included.
 */
const plainError = (error: Error, above: readonly object[]): Readonly<Record<string, unknown>> => ({
  type: error.name,
  ...("code" in error && (typeof error.code === "string" || typeof error.code === "number")
    ? { code: error.code }
    : {}),
  message: error.message,
  stack: error.stack,
  ...(error.cause === undefined ? {} : { cause: plain(error.cause, [...above, error]) }),
  ...(error instanceof AggregateError ? { errors: plain(error.errors, [...above, error]) } : {}),
});

const hasToJson = (value: object): value is { toJSON: () => unknown } =>
  "toJSON" in value && typeof value.toJSON === "function";

/** Any value as JSON can show it; errors keep their causes wherever they stand. */
const plain = (value: unknown, above: readonly object[] = []): unknown => {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (above.includes(value)) return "[circular]";
  if (above.length >= DEEPEST) return "[deeper]";
  const path = [...above, value];
  if (value instanceof Error) return plainError(value, above);
  if (ArrayBuffer.isView(value)) return "[bytes]";
  if (hasToJson(value)) return value.toJSON();
  if (Array.isArray(value)) return value.map((item) => plain(item, path));
  if (value instanceof Map) return plain(Object.fromEntries(value), path);
  if (value instanceof Set) return plain([...value], path);
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, plain(below, path)]));
};

const plainFields = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, plain(value)]));

/** A logger whose lines are safe to keep: no token, no query of an address, times in UTC. */
export const createLogger = ({ level, to }: LoggerOptions): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: plainFields, bindings: plainFields },
      // pino's own serialiser of errors would run after ours and add their properties again.
      serializers: { err: (error: unknown) => plain(error) },
      hooks: { streamWrite: scrubLine },
    },
    to ?? destination({ fd: 1, sync: true }),
  );
