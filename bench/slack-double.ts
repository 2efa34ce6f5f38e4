import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A posted or edited message, and its time. */
export interface Sent {
  readonly method: string;
  readonly channel: string;
  readonly atMs: number;
}

/** The minimum of Slack that both sides need: every Web API call succeeds, and posts to `/answer/<n>` are reported. */
export interface SlackDouble {
  readonly apiUrl: string;
  /** Returns a response_url and a promise of the time at which its answer arrives. */
  readonly expectAnswer: () => { readonly url: string; readonly arrived: Promise<number> };
  /** Messages sent to channels so far. */
  readonly sent: readonly Sent[];
  readonly close: () => Promise<void>;
}

export const openSlackDouble = async (): Promise<SlackDouble> => {
  const waiting = new Map<string, (atMs: number) => void>();
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.once("end", () => {
      const atMs = performance.now();
      const method = /\/(chat\.(?:postMessage|update))$/.exec(request.url ?? "")?.[1];
      const channel = method === undefined ? "" : (new URLSearchParams(body).get("channel") ?? "");
      if (method !== undefined) sent.push({ method, channel, atMs });
      const url = request.url ?? "";
      waiting.get(url)?.(atMs);
      waiting.delete(url);
      response.setHeader("content-type", "application/json");
      response.setHeader("x-oauth-scopes", "commands,chat:write");
      const ts = `1700000000.${String(sent.length).padStart(6, "0")}`;
      const done = { ok: true, team_id: "T1", team: "bench", user_id: "U1", ...(method && { channel, ts }) };
      response.end(url.startsWith("/answer/") ? "ok" : JSON.stringify(done));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  let count = 0;
  return {
    apiUrl: `${base}/api/`,
    expectAnswer: () => {
      const path = `/answer/${++count}`;
      const arrived = Promise.withResolvers<number>();
      waiting.set(path, arrived.resolve);
      return { url: `${base}${path}`, arrived: arrived.promise };
    },
    sent,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
