// The playground's server: a page on 127.0.0.1 that shows the sandbox's world and the real bot in it. It serves the
// bundled client (assets.ts), a stream of typed events (stream.ts), and POST requests for people's actions (routes.ts).
// It may import sandbox/ and protocol/, but nothing of client/. To add an action: add its schema in
// protocol/requests.ts, its handler next to slack-actions.ts, and a line in handlers.ts. To add something that the page
// shows live: add a line in protocol/stream.ts and in feeds.ts. All of it uses the current stage (stage.ts), which a
// reset replaces.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { STREAM_PATH } from "../protocol/stream.ts";
import type { Assets } from "./assets.ts";
import { checkCaller } from "./guard.ts";
import { HttpError, readJson, send, sendJson } from "./http.ts";
import type { Routes } from "./routes.ts";
import type { Stream } from "./stream.ts";

export interface PageParts {
  readonly assets: Assets;
  readonly routes: Routes;
  readonly stream: Stream;
  /**
   * The viewer's id for a requested id. An empty request means the first person of the workspace; undefined when there
   * is no such person.
   */
  readonly viewer: (wished: string) => string | undefined;
}

export interface PageServer {
  /** `http://127.0.0.1:<port>/`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Listens on this port of 127.0.0.1; 0 selects a free port. Rejects when the port is in use. */
export async function openPageServer(parts: PageParts, port: number): Promise<PageServer> {
  const server = createServer((request, response) => {
    const { port: used } = server.address() as AddressInfo;
    void answer(parts, used, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => resolve());
  });
  const { port: used } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${used}/`,
    close: async () => {
      parts.stream.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

const HOST = "127.0.0.1";

async function answerGet({ assets, stream, viewer }: PageParts, url: URL, response: ServerResponse): Promise<void> {
  if (url.pathname === STREAM_PATH) {
    const id = viewer(url.searchParams.get("as") ?? "");
    if (id === undefined) throw new HttpError(404, "There is no person with this id.");
    stream.open(response, id);
    return;
  }
  const asset = assets.get(url.pathname);
  if (asset === undefined) throw new HttpError(404, "There is nothing here.");
  send(response, 200, asset.contentType, asset.body);
}

async function answerPost({ routes, stream }: PageParts, url: URL, request: IncomingMessage): Promise<unknown> {
  const route = routes(url.pathname);
  if (route === undefined) throw new HttpError(404, "There is nothing here.");
  const body = await readJson(request);
  try {
    return await route(body);
  } catch (error) {
    if (error instanceof HttpError) throw error;
    // The driver's message says why the action is impossible. Most often the message was edited in the meantime.
    throw new HttpError(409, error instanceof Error ? error.message : "The action failed.");
  } finally {
    stream.flush();
  }
}

async function answer(parts: PageParts, port: number, request: IncomingMessage, response: ServerResponse) {
  try {
    checkCaller(request, port);
    const url = new URL(request.url ?? "/", `http://${HOST}:${port}`);
    if (request.method === "GET") await answerGet(parts, url, response);
    else if (request.method === "POST") sendJson(response, 200, await answerPost(parts, url, request));
    else throw new HttpError(405, "Only GET and POST are allowed.");
  } catch (error) {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { status, message } = error instanceof HttpError ? error : new HttpError(400, "The request is malformed.");
    // The connection closes, so that the unread part of a refused body is not parsed as the next request.
    response.setHeader("connection", "close");
    sendJson(response, status, { ok: false, problem: message });
  }
}
