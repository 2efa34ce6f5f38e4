import type { Evidence, GraphError } from "../token/inspection.ts";
import type { Clean } from "./clean.ts";
import type { GraphHeaders } from "./raw-reply.ts";
import { headerOf } from "./headers.ts";

/** Graph's ids are short words; anything else is not kept. */
const TRACE = /^[\w+/=-]{1,64}$/;

/** Meta's support id of a call: `fbtrace_id` of an error, else the request id of the answer. */
export const traceOf = (fromError: string | null, headers: GraphHeaders, clean: Clean): string | null => {
  const trace = fromError ?? headerOf(headers, "x-fb-request-id") ?? headerOf(headers, "x-fb-trace-id") ?? "";
  return TRACE.test(trace) && clean(trace, trace.length) === trace ? trace : null;
};

/** The evidence of an answer whose error is found deeper in its body, as `data.error` of `/debug_token`. */
export const withError = (evidence: Evidence, error: GraphError | null): Evidence =>
  error === null ? evidence : { ...evidence, code: error.code, subcode: error.subcode };
