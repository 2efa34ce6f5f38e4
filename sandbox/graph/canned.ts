import { graphJson, type WireAnswer } from "./answer.ts";

/** An answer given word for word, as a fixture holds it: a string or bytes as they are, anything else as JSON. */
export interface CannedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export function wireOf(canned: CannedAnswer): WireAnswer {
  const { status, headers = {}, body = "" } = canned;
  return { status, headers, body: typeof body === "string" || body instanceof Uint8Array ? body : graphJson(body) };
}
