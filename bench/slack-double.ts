import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** As little Slack as both sides need: every Web API call succeeds, and posts to `/answer/<n>` are noticed. */
export interface SlackDouble {
  readonly apiUrl: string;
  /** A response_url, and the moment at which its answer arrived. */
  readonly expectAnswer: () => { readonly url: string; readonly arrived: Promise<number> };
  readonly close: () => Promise<void>;
}

export const openSlackDouble = async (): Promise<SlackDouble> => {
  const waiting = new Map<string, (atMs: number) => void>();
  const server = createServer((request, response) => {
    request.resume();
    request.once("end", () => {
      const atMs = performance.now();
      const url = request.url ?? "";
      waiting.get(url)?.(atMs);
      waiting.delete(url);
      response.setHeader("content-type", "application/json");
      response.setHeader("x-oauth-scopes", "commands,chat:write");
      response.end(url.startsWith("/answer/") ? "ok" : '{"ok":true,"team_id":"T1","team":"bench","user_id":"U1"}');
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
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
