import type { Evidence, GraphError } from "../token/inspection.ts";
import type { Clean } from "./clean.ts";
import type { GraphHeaders } from "./raw-reply.ts";
import { headerOf } from "./headers.ts";

/** The ID of a call for Meta's support: `fbtrace_id` of the error, else the request ID in the headers. */
export function traceOf(fromError: string | null, headers: GraphHeaders, clean: Clean): string | null {
  const trace = fromError ?? headerOf(headers, "x-fb-request-id") ?? headerOf(headers, "x-fb-trace-id") ?? "";
  return TRACE.test(trace) && clean(trace, trace.length) === trace ? trace : null;
}

/** Adds an error from deeper in the body, such as `data.error` of `/debug_token`, to the evidence. */
export function withError(evidence: Evidence, error: GraphError | null): Evidence {
  return error === null ? evidence : { ...evidence, code: error.code, subcode: error.subcode };
}

/** Graph's trace IDs are short words. Anything else is dropped. */
const TRACE = /^[\w+/=-]{1,64}$/;
