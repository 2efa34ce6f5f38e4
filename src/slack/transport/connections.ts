import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Keeps at most this many connections. A new one above the limit closes the connection that has waited longest without
 * a complete request. So Slack gets through while strangers hold connections open or send a body slowly. When the
 * server is busy with all others, it closes the new one. `onDrop` is called for each closed connection.
 */
export function boundConnections(server: Server, most: number, onDrop: () => void): void {
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
    // Removed at once, because the close event comes a moment later.
    open.delete(longest);
    waiting.delete(longest);
    longest.destroy();
    onDrop();
  });

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    request.once("end", () => {
      // A refused request gets its answer before its body is complete.
      if (!response.closed) waiting.delete(socket);
    });
    response.once("close", () => {
      if (open.has(socket)) waiting.add(socket);
    });
  });
}
