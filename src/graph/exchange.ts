import type { Dispatcher } from "undici";
import { causeOf } from "../network/cause.ts";
import type { RawReply } from "./raw-reply.ts";

export type Call = Pick<Dispatcher.DispatchOptions, "origin" | "path" | "headers">;

/**
 * Sends one GET and reads the whole body within `timeoutMs`. Never throws. It drops the connection when the body is too
 * large or too late. It uses `dispatch`, because `request` takes twice as long: it creates a stream, a signal and
 * listeners. One timer and a list of chunks are enough here.
 */
export function exchange(dispatcher: Dispatcher, call: Call, timeoutMs: number): Promise<RawReply> {
  return new Promise((resolve) => {
    let open = true;
    let controller: Dispatcher.DispatchController | undefined;
    let status = 0;
    let headers: RawReply["headers"] = {};
    let bytes = 0;
    const chunks: Buffer[] = [];
    const settle = (reply: RawReply): void => {
      if (!open) return;
      open = false;
      clearTimeout(timer);
      resolve(reply);
    };
    const drop = (reply: RawReply): void => {
      settle(reply);
      controller?.abort(new Error(reply.kind));
    };
    const timer = setTimeout(() => drop({ kind: "timeout", headers }), timeoutMs);
    try {
      dispatcher.dispatch(
        { ...call, method: "GET" },
        {
          onRequestStart: (started) => {
            controller = started;
            // The timeout ended while the request was still in the queue.
            if (!open) started.abort(new Error("timeout"));
          },
          onResponseStart: (_controller, statusCode, received) => {
            status = statusCode;
            headers = received;
          },
          onResponseData: (_controller, chunk) => {
            bytes += chunk.byteLength;
            if (bytes > LARGEST_BODY_BYTES) drop({ kind: "too_large", status, headers });
            else chunks.push(chunk);
          },
          onResponseEnd: () => {
            const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
            settle({ kind: "answer", status, headers, text: body?.toString("utf8") ?? "" });
          },
          onResponseError: (_controller, error) => settle({ kind: "broken", cause: causeOf(error), headers }),
        },
      );
    } catch (error) {
      settle({ kind: "broken", cause: causeOf(error), headers });
    }
  });
}

/** Maximum size of a response. The facts about a token take one kilobyte. */
const LARGEST_BODY_BYTES = 1_000_000;
