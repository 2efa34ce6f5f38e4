import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A server that the processes under test connect to: a connection lives exactly as long as its process. */
export const lifelines = async (count: number) => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const sockets: Socket[] = [];
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  server.on("connection", (socket) => {
    socket.on("error", () => {});
    sockets.push(socket.resume());
    if (sockets.length === count) resolve();
  });
  return {
    hang: `require("node:net").connect(${(server.address() as AddressInfo).port}, "127.0.0.1")`,
    connected,
    alive: (): number => sockets.filter(({ closed }) => !closed).length,
    ended: async (): Promise<void> => {
      await Promise.all(sockets.map(async (socket) => socket.closed || once(socket, "close")));
      server.close();
    },
  };
};
