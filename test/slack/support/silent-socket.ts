import { createServer } from "node:http";
import type { Duplex } from "node:stream";
import { onTestFinished } from "vitest";
import { WebSocketServer } from "ws";

/** A Slack that opens the socket and then answers nothing: no pong, no close; says hello first when asked to. */
export const openSilentSocket = async ({
  hello,
}: {
  readonly hello: boolean;
}): Promise<{
  readonly apiUrl: string;
  /** True when the other side dropped every connection. Sends a ping, because a silent server notices nothing else. */
  readonly isCut: () => boolean;
}> => {
  const opened: Duplex[] = [];
  const server = createServer((_request, response) => {
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${portOf()}/link` }));
  });
  const sockets = new WebSocketServer({ noServer: true, autoPong: false });
  const portOf = (): number => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    return address.port;
  };
  server.on("upgrade", (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (link) => {
      if (hello) link.send(JSON.stringify({ type: "hello" }));
      // Nothing is read any more, so a close frame gets no answer either.
      socket.pause();
      opened.push(socket.on("error", () => undefined));
      onTestFinished(() => {
        socket.destroy();
      });
    });
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
  return {
    apiUrl: `http://127.0.0.1:${portOf()}/api/`,
    isCut: () => {
      for (const socket of opened) if (!socket.destroyed) socket.write(PING);
      return opened.every((socket) => socket.destroyed);
    },
  };
};

/** An empty WebSocket frame of the kind ping. */
const PING = Uint8Array.of(0x89, 0);
