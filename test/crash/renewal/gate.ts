import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The moment of a request: before Graph has it, after Graph did it but before its answer, or after the answer. */
export type Moment = "arrived" | "done" | "answered";

export interface Gate {
  readonly url: string;
  /** Calls `act` once, at this moment of the first request that matches. */
  readonly aim: (matches: (request: string) => boolean, moment: Moment, act: () => void) => void;
  readonly close: () => Promise<void>;
}

/** Stands before the Graph stand-in, and acts at an aimed moment of a request. */
export async function openGate(graphUrl: string): Promise<Gate> {
  let aimed: {
    readonly matches: (request: string) => boolean;
    readonly moment: Moment;
    readonly act: () => void;
  } | null = null;

  const pass = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = `${incoming.url} ${incoming.headers.authorization ?? ""}`;
    const here = aimed?.matches(request) === true ? aimed : null;
    if (here !== null) aimed = null;
    if (here?.moment === "arrived") {
      here.act();
      response.destroy();
      return;
    }
    const headers =
      incoming.headers.authorization === undefined ? {} : { authorization: incoming.headers.authorization };
    const answer = await fetch(`${graphUrl}${incoming.url}`, { method: incoming.method ?? "GET", headers });
    const body = Buffer.from(await answer.arrayBuffer());
    if (here?.moment === "done") {
      here.act();
      response.destroy();
      return;
    }
    const { "content-encoding": _, "transfer-encoding": __, ...kept } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, { ...kept, "content-length": body.length });
    response.end(body, () => here?.act());
  };

  const server = createServer((incoming, response) => {
    incoming.resume();
    pass(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    aim: (matches, moment, act) => {
      aimed = { matches, moment, act };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
