// The only module that creates a logger. Only app.ts and cli/ import it; all others import pino's types. It imports
// pino and token/. Tokens are kept in a Secret and never reach the log. This module is the second line of defence. It
// checks every line before it is written. It removes texts that look like a token, pieces of secrets, and the queries
// of URLs.
import { destination, type DestinationStream, type LevelWithSilent, type Logger, pino, stdTimeFunctions } from "pino";
import { withoutQueries } from "./token/secret/address-queries.ts";
import { redact } from "./token/secret/shape.ts";

export interface LoggerOptions {
  readonly level: LevelWithSilent;
  /** Gets the lines, one JSON object each. Default: standard output. */
  readonly to?: Pick<DestinationStream, "write"> | undefined;
}

/** Creates a logger with lines that are safe to keep: no token, no URL query, times in UTC. */
export function createLogger({ level, to }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: plainFields, bindings: plainFields },
      // Otherwise pino's own error serializer would run after `plainError` and add the dropped properties again.
      serializers: { err: (error: unknown) => plain(error) },
      hooks: { streamWrite: scrubLine },
    },
    to ?? destination({ fd: 1, sync: true }),
  );
}

const DEEPEST = 8;

const SECRET_KEY = /^(?:authorization|proxy-authorization|cookie|set-cookie|password|.*token|.*secret)$/i;

/** Removes texts that look like a token, and the queries of URLs. */
function scrubText(text: string): string {
  return redact(withoutQueries(text));
}

function scrubValue(value: unknown, key: string): unknown {
  if (typeof value === "string") return SECRET_KEY.test(key) && value !== "[secret]" ? "[redacted]" : scrubText(value);
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, below]) => [scrubText(name), scrubValue(below, name)]));
}

/** Works on the finished line, so that one rule covers messages, bindings and nested objects. */
function scrubLine(line: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return scrubText(line);
  }
  return `${JSON.stringify(scrubValue(parsed, ""))}\n`;
}

/**
 * Converts an error and its causes to plain fields. Other properties are dropped, because HTTP and Slack errors contain
 * whole requests with their headers.
 */
function plainError(error: Error, above: readonly object[]): Readonly<Record<string, unknown>> {
  return {
    type: error.name,
    ...("code" in error && (typeof error.code === "string" || typeof error.code === "number")
      ? { code: error.code }
      : {}),
    message: error.message,
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: plain(error.cause, [...above, error]) }),
    ...(error instanceof AggregateError ? { errors: plain(error.errors, [...above, error]) } : {}),
  };
}

function hasToJson(value: object): value is { toJSON: () => unknown } {
  return "toJSON" in value && typeof value.toJSON === "function";
}

/** Converts any value to a form that JSON can show. Nested errors keep their causes. */
function plain(value: unknown, above: readonly object[] = []): unknown {
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
}

function plainFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, plain(value)]));
}
