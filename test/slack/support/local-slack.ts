import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** One request as the server saw it. */
export interface SeenRequest {
  /** The Web API method, `chat.postMessage`. */
  readonly method: string;
  readonly authorization: string;
  readonly args: Readonly<Record<string, string>>;
}

type LocalAnswer =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  /** Never answered; `stall` sends the headers and half a body first. */
  | "hang"
  | "stall"
  | "reset";

export interface LocalSlack {
  readonly apiUrl: string;
  readonly requests: readonly SeenRequest[];
}

/** Slack's side as a few lines: what it answers is up to the test. Closed when the test ends. */
export const openLocalSlack = async (answer: (request: SeenRequest) => LocalAnswer): Promise<LocalSlack> => {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    void (async () => {
      const args = Object.fromEntries(new URLSearchParams(await text(incoming)));
      const method = (incoming.url ?? "").replace("/api/", "");
      const request = { method, authorization: incoming.headers.authorization ?? "", args };
      requests.push(request);
      const reply = answer(request);
      if (reply === "hang") return;
      if (reply === "reset") {
        incoming.socket.destroy();
        return;
      }
      if (reply === "stall") {
        response.writeHead(200, { "content-type": "application/json", "content-length": "99" });
        response.write('{"ok":');
        return;
      }
      const { status = 200, headers = {}, body = { ok: true } } = reply;
      response.writeHead(status, headers);
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { apiUrl: `http://127.0.0.1:${address.port}/api/`, requests };
};
