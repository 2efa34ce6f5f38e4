import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createApp } from "../../src/app.ts";
import { after } from "../support/builders.ts";
import { fakeToken } from "../support/fake-token.ts";
import { keepLog } from "../support/keep-log.ts";
import { configOf } from "../config/environment.ts";

const MINUTE_MS = 60_000;
const APP = "100000000000042";

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const alive: Reply = {
  body: {
    data: {
      app_id: APP,
      type: "SYSTEM_USER",
      is_valid: true,
      expires_at: 0,
      issued_at: 1_790_000_000,
      scopes: ["whatsapp_business_messaging"],
    },
  },
};
export const used = (percent: number): Reply => ({
  ...alive,
  headers: { "x-app-usage": JSON.stringify({ call_count: percent, total_time: 1, total_cputime: 1 }) },
});
export const limited: Reply = {
  status: 400,
  headers: {
    "x-app-usage": JSON.stringify({ call_count: 104 }),
    "x-business-use-case-usage": JSON.stringify({ "1": [{ type: "any", estimated_time_to_regain_access: 19 }] }),
  },
  body: { error: { code: 4, message: "(#4) Application request limit reached" } },
};

/** A Graph over real HTTP. `reply` answers each call. */
const aGraph = async () => {
  const graph = { url: "", calls: 0, running: 0, mostRunning: 0, delayMs: 0, reply: (): Reply => alive };
  const server = createServer((_request, response) => {
    graph.calls++;
    graph.running++;
    graph.mostRunning = Math.max(graph.mostRunning, graph.running);
    const answer = (): void => {
      graph.running--;
      const { status = 200, headers = {}, body } = graph.reply();
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(body));
    };
    if (graph.delayMs === 0) answer();
    else setTimeout(answer, graph.delayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server on a port always has an address with the port.
  graph.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return graph;
};

/** Programs on one database that watch tokens of one app. Each keeps its own knowledge of the limit. */
export const aFleet = async (watches: number, databaseUrl?: string) => {
  const folder = mkdtempSync(join(tmpdir(), "wa-token-budget-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const graph = await aGraph();
  const names = Array.from({ length: watches }, (_, index) => `shop-${String(index).padStart(3, "0")}`);
  for (const name of names) writeFileSync(join(folder, name), fakeToken(name));
  const watchlist = names.map((name) => `  - { name: ${name}, source: "file:${join(folder, name)}" }`).join("\n");
  const config = await configOf(
    {
      SLACK_BOT_TOKEN: "xoxb-not-used",
      SLACK_APP_TOKEN: "xapp-not-used",
      ALERT_CHANNEL: "C0000000001",
      META_APP_ID: APP,
      META_APP_SECRET: "budget-test-app-secret",
      GRAPH_API_URL: graph.url,
      DATABASE_URL: databaseUrl ?? `sqlite:${join(folder, "bot.db")}`,
      WATCHLIST: "watchlist.yml",
      REQUIRED_SCOPES: "whatsapp_business_messaging",
      CHECK_INTERVAL: "15m",
    },
    { "watchlist.yml": `watches:\n${watchlist}\n` },
  );
  const clock = { ms: 0 };
  const aProgram = () => {
    const { log, lines } = keepLog();
    const now = () => after(clock.ms);
    return { lines, app: createApp(config, { now, log }) };
  };
  const later = (minutes: number): void => {
    clock.ms += minutes * MINUTE_MS;
  };
  return { graph, aProgram, later };
};

/** The number of calls that a round makes. */
export const callsOf = async (
  { graph }: Pick<Awaited<ReturnType<typeof aFleet>>, "graph">,
  { app }: { readonly app: ReturnType<typeof createApp> },
  which: "due" | "all" = "due",
): Promise<number> => {
  const before = graph.calls;
  await app.round(which);
  return graph.calls - before;
};
