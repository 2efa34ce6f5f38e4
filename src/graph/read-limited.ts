import type { Dispatcher } from "undici";

/** The body as text; undefined when it is larger than `mostBytes`, and then the connection is dropped. */
export const readLimited = async (
  response: Pick<Dispatcher.ResponseData, "headers" | "body">,
  mostBytes: number,
): Promise<string | undefined> => {
  const { headers, body } = response;
  const stated = Number(headers["content-length"] ?? Number.NaN);
  // The stated length is held by the parser, so a small one needs no counting; this is the usual and the fast way.
  if (stated <= mostBytes) return body.text();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (Number.isNaN(stated)) {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) continue;
      bytes += chunk.byteLength;
      if (bytes > mostBytes) return undefined; // Leaving the loop destroys the body and with it the connection.
      chunks.push(chunk);
    }
    return new TextDecoder().decode(Buffer.concat(chunks));
  }
  // Destroying an unread body reports the abort as an error, which is what is wanted here.
  body.on("error", () => undefined).destroy();
  return undefined;
};
