import type { Server } from "node:http";
import { inTime } from "../token/in-time.ts";

/**
 * Stops listening and waits for the requests in flight. After `withinMs` it closes their connections, because a client
 * can keep a connection open. Does nothing for a server that does not listen.
 */
export async function closeServer(server: Server, withinMs: number): Promise<void> {
  // The only error is that the server was not listening.
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  if (await inTime(closed, withinMs)) return;
  server.closeAllConnections();
  await closed;
}
