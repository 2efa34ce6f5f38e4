import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { APP } from "./backend.ts";
import type { Method } from "./chat.ts";
import { asString, isObject, parseJson } from "./json.ts";
import type { JsonObject } from "./json.ts";
import type { Answer, DeliveryKind } from "./record.ts";
import { okReply } from "./reply.ts";

export interface SocketLink {
  /** apps.connections.open: a ws:// URL on the front server, valid for one connection. */
  readonly connectionsOpen: Method;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly open: () => number;
  readonly opened: () => number;
  /** Sends one payload over one open socket and waits for its acknowledgement. */
  readonly send: (kind: DeliveryKind, payload: JsonObject, ackWithinMs: number) => Promise<Answer>;
  readonly frame: (text: string) => void;
  readonly disconnect: (reason: string) => void;
  readonly drop: () => void;
}

/** Socket Mode as in "Using Socket Mode", docs.slack.dev, read 2026-11. */
export function createSocketLink(url: string, onChange: (open: number) => void): SocketLink {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const sockets: WebSocket[] = [];
  const waiting = new Map<string, { readonly socket: WebSocket; readonly answer: (answer: Answer) => void }>();
  let opened = 0;
  let turn = 0;

  const forget = (socket: WebSocket): void => {
    const index = sockets.indexOf(socket);
    if (index === -1) return;
    sockets.splice(index, 1);
    // Payloads in progress on this socket can no longer be acknowledged. For the person that is a timeout.
    for (const pending of [...waiting.values()].filter((entry) => entry.socket === socket)) {
      pending.answer({ kind: "timeout" });
    }
    onChange(sockets.length);
  };

  const welcome = (socket: WebSocket): void => {
    sockets.push(socket);
    opened += 1;
    const pinging = setInterval(() => socket.ping(), PING_EVERY_MS);
    socket.on("message", (data) => {
      const frame = parseJson(Buffer.isBuffer(data) ? data.toString("utf8") : "");
      const id = isObject(frame) ? asString(frame["envelope_id"]) : undefined;
      const payload = isObject(frame) && isObject(frame["payload"]) ? frame["payload"] : undefined;
      if (id !== undefined) waiting.get(id)?.answer({ kind: "acked", payload: emptyToUndefined(payload) });
    });
    socket.on("close", () => {
      clearInterval(pinging);
      forget(socket);
    });
    socket.on("error", () => socket.terminate());
    socket.send(
      JSON.stringify({
        type: "hello",
        num_connections: sockets.length,
        debug_info: { host: "applink-sandbox", build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: APP.appId },
      }),
    );
    onChange(sockets.length);
  };

  return {
    connectionsOpen: () => {
      const ticket = randomUUID();
      tickets.add(ticket);
      const address = `${url.replace(/^http/, "ws")}/link/?ticket=${ticket}&app_id=${APP.appId}`;
      return Promise.resolve(okReply({ url: address }));
    },
    upgrade: (request, socket, head) => {
      const ticket = new URL(request.url ?? "/", "http://sandbox").searchParams.get("ticket") ?? "";
      if (!tickets.delete(ticket)) {
        socket.end("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n");
        return;
      }
      server.handleUpgrade(request, socket, head, welcome);
    },
    open: () => sockets.length,
    opened: () => opened,
    send: async (kind, payload, ackWithinMs) => {
      const socket = sockets[turn % Math.max(sockets.length, 1)];
      if (socket === undefined) return { kind: "failed", status: undefined, reason: "no socket is connected" };
      turn += 1;
      const id = randomBytes(16).toString("hex");
      const answer = new Promise<Answer>((resolve) => {
        const timer = setTimeout(() => settle({ kind: "timeout" }), ackWithinMs);
        const settle = (result: Answer): void => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(result);
        };
        waiting.set(id, { socket, answer: settle });
      });
      const retry = kind === "events_api" ? { retry_attempt: 0, retry_reason: "" } : {};
      const accepts = kind !== "events_api";
      socket.send(
        JSON.stringify({ envelope_id: id, type: kind, accepts_response_payload: accepts, payload, ...retry }),
      );
      return answer;
    },
    frame: (text) => {
      for (const socket of sockets) socket.send(text);
    },
    disconnect: (reason) => {
      const frame = JSON.stringify({ type: "disconnect", reason, debug_info: { host: "applink-sandbox" } });
      for (const socket of sockets) socket.send(frame);
    },
    drop: () => {
      for (const socket of sockets.toReversed()) {
        socket.terminate();
        forget(socket);
      }
    },
  };
}

/** Slack pings each socket; a client that receives nothing for 30 s considers the connection dead. */
const PING_EVERY_MS = 10_000;

/** An acknowledgement without content arrives as `{}`. */
function emptyToUndefined(payload: JsonObject | undefined): JsonObject | undefined {
  return payload === undefined || Object.keys(payload).length === 0 ? undefined : payload;
}
