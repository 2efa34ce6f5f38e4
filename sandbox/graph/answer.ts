import { createHash } from "node:crypto";
import type { GraphError } from "./error.ts";

/** The answer of an endpoint, before headers and ids are added. */
export type Answer = { readonly body: object } | { readonly error: GraphError };

/** The complete HTTP answer. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Serial number and API version of one answer. The ids of the answer are derived from the serial number. */
export interface Stamp {
  readonly serial: number;
  readonly version: string;
}

/** Meta's JSON escapes every slash, which breaks readers that search the text instead of parsing it. */
export function graphJson(body: unknown): string {
  return JSON.stringify(body).replaceAll("/", "\\/");
}

/** Adds the headers and ids of every Graph answer and turns the answer into JSON text. */
export function dress(answer: Answer, stamp: Stamp): WireAnswer {
  const requestId = `A${traceId("request", stamp.serial, 22)}`;
  const headers = {
    "content-type": "application/json; charset=UTF-8",
    "facebook-api-version": stamp.version,
    "x-fb-request-id": requestId,
    "x-fb-trace-id": traceId("trace", stamp.serial, 11),
    "x-fb-rev": "1030000001",
    "cache-control": "private, no-cache, no-store, must-revalidate",
  };
  if ("body" in answer) return { status: 200, headers, body: graphJson(answer.body) };
  const { error } = answer;
  const body = graphJson(errorBody(error, requestId));
  return { status: error.status, headers: { ...headers, ...challenge(error) }, body };
}

const limitCodes = /^(4|17|32|341|613|800\d\d|130429|131048|131056)$/;

/** An id in Meta's style, made of letters and digits and derived from the serial number. */
function traceId(kind: string, serial: number, length: number): string {
  const text = createHash("sha256").update(`${kind}/${serial}`).digest("base64");
  return text.replaceAll(/[^0-9A-Za-z]/g, "").slice(0, length);
}

function errorBody(error: GraphError, fbtraceId: string): object {
  return {
    error: {
      message: error.message,
      type: error.type ?? "OAuthException",
      code: error.code,
      ...(error.subcode === undefined ? {} : { error_subcode: error.subcode }),
      ...(error.transient === undefined ? {} : { is_transient: error.transient }),
      fbtrace_id: fbtraceId,
    },
  };
}

/**
 * The `www-authenticate` header of failed calls: not RFC-conformant, and it repeats the message. Meta was not seen to
 * send it for rate limits and server errors.
 */
function challenge(error: GraphError): Record<string, string> {
  if (error.status >= 500 || limitCodes.test(String(error.code))) return {};
  const reason = error.code === 190 || error.code === 102 ? "invalid_token" : "invalid_request";
  // A header may contain only Latin-1; messages made up by a test may contain other characters.
  const message = error.message.replaceAll(/[^\x20-\x7e]/g, "?");
  return { "www-authenticate": `OAuth "Facebook Platform" "${reason}" "${message}"` };
}
