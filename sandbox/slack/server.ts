import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { parseArgs, readBody } from "./body.ts";
import { isObject, parseJson } from "./json.ts";
import type { JsonObject } from "./json.ts";
import type { Sending } from "./reply.ts";

export interface Front {
  readonly port: number;
  readonly stop: () => Promise<void>;
  readonly restart: () => Promise<void>;
}

export interface FrontHandlers {
  readonly api: (method: string, args: JsonObject, bearer: string | undefined) => Promise<Sending>;
  readonly respond: (path: string, body: JsonObject) => Promise<Sending>;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** Opens the server that imitates Slack. The handlers are requested at each call, so they can be created later. */
export async function openFront(port: number, handlers: () => FrontHandlers): Promise<Front> {
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response, handlers()).catch(() => response.destroy());
  };
  const open = async (onPort: number): Promise<Server> => {
    const server = createServer(serve);
    server.on("upgrade", (request, socket, head) => handlers().upgrade(request, socket, head));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(onPort, "127.0.0.1", () => resolve());
    });
    return server;
  };
  let server: Server | undefined = await open(port);
  const used = (server.address() as AddressInfo).port;
  return {
    port: used,
    stop: async () => {
      const closing = server;
      server = undefined;
      if (closing === undefined) return;
      await new Promise<void>((resolve) => {
        closing.close(() => resolve());
        closing.closeAllConnections();
      });
    },
    restart: async () => {
      server ??= await open(used);
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, handlers: FrontHandlers): Promise<void> {
  const url = new URL(request.url ?? "/", "http://sandbox");
  const body = await readBody(request);
  const sending = await route(request, url, body, handlers);
  if (sending.kind === "hang") return;
  if (sending.kind === "cut") {
    request.socket.destroy();
    return;
  }
  const { reply } = sending;
  const isJson = typeof reply.body !== "string";
  response.writeHead(reply.status, {
    "content-type": isJson ? "application/json; charset=utf-8" : "text/html; charset=utf-8",
    ...reply.headers,
  });
  response.end(isJson ? JSON.stringify(reply.body) : reply.body);
}

async function route(request: IncomingMessage, url: URL, body: string, handlers: FrontHandlers): Promise<Sending> {
  const contentType = request.headers["content-type"] ?? "";
  if (url.pathname.startsWith("/api/")) {
    const bearer = request.headers.authorization?.replace(/^Bearer\s+/i, "").trim();
    return handlers.api(url.pathname.slice(5), parseArgs(contentType, body, url.searchParams), bearer);
  }
  if (url.pathname.startsWith("/commands/")) {
    const parsed = parseJson(body);
    return handlers.respond(url.pathname, isObject(parsed) ? parsed : {});
  }
  return { kind: "send", reply: { status: 404, body: "not found" } };
}
