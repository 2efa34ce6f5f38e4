import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answerer, CannedAnswer } from "../local-graph.ts";

/** Replies to an `/oauth` call in which Meta repeats each of these values everywhere it can, whole and in pieces. */
export const echoesOf = (values: readonly string[]): readonly (readonly [string, Answerer])[] => {
  const all = values.join(" ");
  const [first = ""] = values;
  const query = values.map((value, at) => `p${at}=${encodeURIComponent(value)}`).join("&");
  const link = `https://graph.facebook.com/v26.0/oauth/access_token?${query}`;
  const headers = {
    "content-type": "application/json",
    "www-authenticate": `OAuth "Facebook Platform" "invalid_token" "${all}"`,
    "x-fb-trace-id": first,
    "x-fb-request-id": first,
    "facebook-api-version": first,
    "retry-after": first,
    "x-business-use-case-usage": JSON.stringify({ [first]: [{ estimated_time_to_regain_access: first }] }),
    location: link,
  };
  const error = (code: number, text = "Error validating access token", subcode?: number): CannedAnswer => ({
    status: 400,
    headers,
    body: {
      error: {
        code,
        error_subcode: subcode,
        message: `${text} ${all}: see ${link}`,
        type: `OAuth${all}`,
        error_user_title: all,
        error_user_msg: all,
        error_data: { all },
        fbtrace_id: first,
      },
    },
  });
  const inPieces = (width: number, separator: string): CannedAnswer => {
    const pieces = values.map((value) => value.match(new RegExp(`.{1,${width}}`, "g"))?.join(separator)).join(" ");
    return { status: 400, body: { error: { code: 100, message: `Malformed: ${pieces}` } } };
  };
  return [
    ["an expired token", () => error(190, "Session has expired", 463)],
    ["a revoked token", () => error(190, "The session was invalidated", 466)],
    ["a malformed token", () => error(190, "Malformed access token")],
    ["a missing parameter", () => error(100)],
    ["a wrong secret", () => error(1, "Error validating client secret.")],
    ["an unknown app", () => error(101)],
    ["another app", () => error(1, "The access token does not belong to application")],
    ["a blocked app", () => error(200, "API access blocked.")],
    ["a refused address", () => error(5)],
    ["a limit", () => error(4)],
    ["an outage", () => error(2)],
    ["an unknown error", () => error(987_654)],
    ["lines", () => inPieces(60, "\n")],
    ["pieces with blanks", () => inPieces(20, " ")],
    ["pieces with dashes", () => inPieces(25, "-")],
    ["escaped pieces", () => inPieces(13, "&shy;")],
    ["pieces with %0A", () => inPieces(7, "%0A")],
    ["no token", () => ({ headers, body: { access_token: null, success: all, note: all, [all]: all } })],
    ["a value that is no token", () => ({ headers, body: { access_token: `token: ${all}`, success: link } })],
    ["a web page", () => ({ status: 500, headers, body: `<html>${all} ${link}</html>` })],
    ["a redirect", () => ({ status: 302, headers, body: "" })],
    ["half of a JSON object", () => ({ headers, body: `{"access_token":"${all}` })],
    ["bytes that are not HTTP", raw((response) => response.socket?.end(`220 ${all}\r\n`))],
    ["a status line with them", raw((response) => response.socket?.end(`HTTP/1.1 999x ${all}\r\n\r\n`))],
  ];
};

const raw =
  (send: (response: ServerResponse, request: IncomingMessage) => void): Answerer =>
  (_seen, response, request) => {
    send(response, request);
    return "handled";
  };
