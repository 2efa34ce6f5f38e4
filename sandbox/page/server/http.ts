import type { IncomingMessage, ServerResponse } from "node:http";
import { parseJson } from "../../slack/json.ts";

/** An error that is answered with an HTTP status. The browser's developer tools show its message. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function send(response: ServerResponse, status: number, contentType: string, body: string | Uint8Array): void {
  response.writeHead(status, { ...HEADERS, "content-type": contentType });
  response.end(body);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, "application/json; charset=utf-8", JSON.stringify(body));
}

/** Sends the headers of a stream of server-sent events. After that the caller writes to the response. */
export function startStream(response: ServerResponse): void {
  response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream; charset=utf-8" });
}

/** Reads the JSON body. Throws HttpError for another content type, a body that is too large, or invalid JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json(?:;|$)/i.test(request.headers["content-type"] ?? ""))
    throw new HttpError(415, "Send the body as application/json.");
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new HttpError(413, "The request body is too large.");
    chunks.push(part);
  }
  const parsed = parseJson(Buffer.concat(chunks).toString("utf8"));
  if (parsed === undefined) throw new HttpError(400, "The request body is not valid JSON.");
  return parsed;
}

const MOST_BYTES = 256 * 1024;

/** The page loads nothing from other sites, and no site may frame it. No cache keeps it for a later run. */
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;
