import { createServer, type RequestListener } from "node:http";

export interface LoopbackServer {
  readonly port: number;
  /** Stops listening and closes every connection; later connections are refused. */
  readonly goAway: () => Promise<void>;
  readonly comeBack: () => Promise<void>;
}

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
  if (address === null || typeof address === "string") throw new Error("the Graph stand-in found no free TCP port");
  return {
    port: address.port,
    goAway: () =>
      new Promise((resolve) => {
        // close() fails only when the server is not listening, and then nothing is left to do.
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    comeBack: async () => {
      if (!server.listening) await listen(address.port);
    },
  };
}

const host = "127.0.0.1";
