import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answerer } from "../local-graph.ts";
import { refusal } from "../script.ts";

/** Every reply with this body. */
export const bodyOf =
  (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answerer =>
  () => ({ body, status, headers });

const raw =
  (send: (response: ServerResponse, request: IncomingMessage) => void): Answerer =>
  (_seen, response, request) => {
    send(response, request);
    return "handled";
  };

/** Replies that say nothing about what Meta did, with a part of the message about each. */
export const UNREADABLE: readonly (readonly [string, Answerer, RegExp])[] = [
  ["a web page with 502", bodyOf("<html>bad gateway</html>", 502, { "content-type": "text/html" }), /a web page/],
  ["a web page with 200", bodyOf("<!doctype html><p>log in", 200), /a web page/],
  ["an empty body", bodyOf(""), /an empty body/],
  ["an empty body with 503", bodyOf("", 503), /HTTP 503/],
  ["half of a JSON object", bodyOf('{"access_tok'), /not a JSON object/],
  ["a form instead of JSON", bodyOf("success=true&expires=5183944"), /not a JSON object/],
  ["a JSON list", bodyOf([true]), /not a JSON object/],
  ["JSON null", bodyOf("null"), /not a JSON object/],
  ["an object with 500", bodyOf({ success: true }, 500), /HTTP 500/],
  ["an object with 404", bodyOf({ success: true }, 404), /without an error/],
  ["an outage, code 2", () => refusal(2, "retry later", 503, { is_transient: true }), /code 2/],
  ["the unknown error, code 1", () => refusal(1, "An unknown error occurred"), /code 1/],
  ["a redirect", bodyOf("", 302, { location: "/v26.0/oauth/elsewhere" }), /redirect/],
  ["5 MB", bodyOf(`"${"x".repeat(5_000_000)}"`), /too large/],
  ["a reset before any byte", raw((_response, request) => request.socket.resetAndDestroy()), /could not be reached/],
  ["a closed connection", raw((_response, request) => request.socket.destroy()), /could not be reached/],
  [
    "a body that ends too early",
    raw((response) => {
      response.writeHead(200, { "content-length": "900" });
      response.end('{"success":true}', () => response.socket?.destroy());
    }),
    /could not be reached/,
  ],
  ["bytes that are not HTTP", raw((response) => response.socket?.end("220 mail.example ESMTP\r\n")), /not valid HTTP/],
];

/** Limits, and the wait at the end of the message. */
export const LIMITS: readonly (readonly [string, Answerer, RegExp])[] = [
  ["code 4", () => refusal(4, "(#4) Application request limit reached", 403), /15 minutes\.$/],
  ["code 17", () => refusal(17, "(#17) User request limit reached"), /15 minutes\.$/],
  ["code 32", () => refusal(32, "(#32) Page request limit reached"), /15 minutes\.$/],
  ["code 341", () => refusal(341, "(#341) Application limit reached"), /15 minutes\.$/],
  ["code 613", () => refusal(613, "(#613) Calls to this api have exceeded the rate limit."), /15 minutes\.$/],
  ["code 80008", () => refusal(80008, "(#80008) too many calls"), /15 minutes\.$/],
  ["HTTP 429 with a web page", bodyOf("<html>slow down</html>", 429), /15 minutes\.$/],
  ["90 seconds to wait", bodyOf({ error: { code: 4 } }, 429, { "retry-after": "90" }), /in 2 minutes\.$/],
  [
    "19 minutes to wait",
    bodyOf({ error: { code: 4 } }, 400, {
      "x-business-use-case-usage": JSON.stringify({ "1": [{ estimated_time_to_regain_access: 19 }] }),
    }),
    /in 19 minutes\.$/,
  ],
];
