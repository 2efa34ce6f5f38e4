import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";
import { roundBeside } from "./beside.ts";
import { acked, aWorld, MINUTE, withPeople } from "../flow.ts";
import { later, ORDERS, theAlert } from "../watched.ts";

const CAPABILITY = "0f4e-nobody-may-know";

/** An outside monitor over real HTTP. */
const aMonitor = async () => {
  const heard: string[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    heard.push(`${request.method ?? ""} ${request.url ?? ""}`);
    response.writeHead(status).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return {
    url: `http://127.0.0.1:${port}/ping/${CAPABILITY}`,
    heard,
    answer: (next: number) => {
      status = next;
    },
  };
};

/** The bot at work with a monitor; `store` may put something in the store's way. */
const monitored = async (spoil: (store: WatchStore) => WatchStore = (store) => store) => {
  const monitor = await aMonitor();
  const world = await aWorld({ watchlist: ORDERS, env: { HEARTBEAT_URL: monitor.url } });
  world.tokenFile("orders").write(world.tokens.noMessaging);
  const path = join(world.dataDir, "wa-token.db");
  const store = spoil(await openSqliteStore({ path, exclusive: true }));
  return { flow: withPeople(world, await world.startBot({ store })), monitor };
};

describe("the heartbeat", () => {
  it("is sent after each full round, also of `round`, and not after a check by a person", async () => {
    const { flow, monitor } = await monitored();
    const beat = `GET /ping/${CAPABILITY}`;
    expect(monitor.heard).toEqual([beat]);
    await later(flow, 20 * MINUTE);
    await roundBeside(flow);
    expect(monitor.heard).toEqual([beat, beat, beat]);
    flow.clock.advance(MINUTE);
    expect(await flow.robin.click({ text: "Check now" }, { in: theAlert(flow) })).toEqual(acked);
    await flow.slack.waitFor(() =>
      flow.robin.ephemerals().some(({ text }) => text.startsWith("*orders-prod*: Degraded")),
    );
    expect(monitor.heard).toHaveLength(3);
  });

  it.each(["claimDue", "saveRounds"] as const)(
    "is not sent while the store fails at %s, so that the monitor notices",
    async (step) => {
      let full = false;
      const { flow, monitor } = await monitored((store) => {
        const { [step]: right } = store;
        const spoilt = async (...given: never[]) => {
          if (full) throw new Error("the disk is full");
          return Reflect.apply(right, store, given);
        };
        return { ...store, [step]: spoilt };
      });
      full = true;
      await later(flow, 20 * MINUTE);
      expect(monitor.heard).toHaveLength(1);
      full = false;
      await later(flow, 20 * MINUTE);
      expect(monitor.heard).toHaveLength(2);
    },
  );

  it("is in no log line, for any answer of the monitor", async () => {
    const { flow, monitor } = await monitored();
    monitor.answer(500);
    await later(flow, 20 * MINUTE);
    await later(flow, 20 * MINUTE);
    monitor.answer(200);
    await later(flow, 20 * MINUTE);
    const lines = flow.bot.logLines();
    expect(lines.filter((line) => line.includes("the heartbeat failed"))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("the heartbeat works again"))).toHaveLength(1);
    expect(lines.filter((line) => line.includes(CAPABILITY))).toEqual([]);
  });
});
