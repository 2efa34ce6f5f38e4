import { graphJson, type WireAnswer } from "../answer.ts";

/** A literal answer, for example from a fixture: a string or bytes are sent unchanged, anything else as JSON. */
export interface CannedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export function wireOf(canned: CannedAnswer): WireAnswer {
  const { status, headers = {}, body = "" } = canned;
  return { status, headers, body: typeof body === "string" || body instanceof Uint8Array ? body : graphJson(body) };
}
