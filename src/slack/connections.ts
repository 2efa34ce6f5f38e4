import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Keeps at most this many connections. A new one takes the place of the one that has waited longest without a whole
 * request, so that Slack gets through while strangers hold connections open or send a body slowly. When every other one
 * is being served, the new one is turned away. `onDrop` is called for each that is closed.
 */
export const boundConnections = (server: Server, most: number, onDrop: () => void): void => {
  const open = new Set<Socket>();
  // A set keeps the order in which its members were added, so the first has waited longest.
  const waiting = new Set<Socket>();

  server.on("connection", (socket: Socket) => {
    open.add(socket);
    waiting.add(socket);
    socket.once("close", () => {
      open.delete(socket);
      waiting.delete(socket);
    });
    if (open.size <= most) return;
    const [longest = socket] = waiting;
    // At once, because the connection itself closes a moment later.
    open.delete(longest);
    waiting.delete(longest);
    longest.destroy();
    onDrop();
  });

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    request.once("end", () => {
      // A refused request is answered before its body has come.
      if (!response.closed) waiting.delete(socket);
    });
    response.once("close", () => {
      if (open.has(socket)) waiting.add(socket);
    });
  });
};
