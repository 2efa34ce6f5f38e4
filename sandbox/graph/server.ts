import { createServer, type RequestListener } from "node:http";

export interface LoopbackServer {
  readonly port: number;
  /** Stops listening and drops every connection; callers then see a refused connection. */
  readonly goAway: () => Promise<void>;
  /** Listens on the same port again. */
  readonly comeBack: () => Promise<void>;
}

const host = "127.0.0.1";

/** Opens a server on a free port of this machine. */
export async function openLoopbackServer(listener: RequestListener): Promise<LoopbackServer> {
  const server = createServer({ keepAliveTimeout: 30_000 }, listener);
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, () => {
        server.off("error", reject);
        resolve();
      });
    });
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the Graph stand-in got no TCP port");
  return {
    port: address.port,
    goAway: () =>
      new Promise((resolve) => {
        // close() only fails on a server that does not listen, which is what we want anyway.
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    comeBack: async () => {
      if (!server.listening) await listen(address.port);
    },
  };
}
