import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { openWorld } from "../../../sandbox/world.ts";
import { leaksIn, saidToSlack, withDerived } from "../../flows/people/leaks.ts";
import { postgres, useDatabase } from "../../support/postgres-database.ts";
import { type Bot, startBot } from "../bot.ts";
import { warmUp } from "../campaign.ts";
import { openGate } from "./gate.ts";

const READY_WITHIN_MS = 60_000;
/** A dead replica counts as dead after 6 s, and a renewal without a step after 10 s. */
const TAKEN_OVER_WITHIN_MS = 45_000;
const APP_SECRET = "8c05e7b1f2a94d36";
const TABLES = ["watches", "alerts", "messages", "owed", "history", "renewals"];

interface Body {
  readonly outcome: string | null;
  readonly steps: readonly { readonly step: string; readonly state: string }[];
}

describe.skipIf(postgres === null)("two replicas on one PostgreSQL", () => {
  const database = useDatabase("empty");

  const renewals = async (): Promise<readonly Body[]> => {
    const rows = await database().sql<{ body: string }>("select body from renewals order by started_at");
    return rows.map(({ body }) => JSON.parse(body) as Body);
  };

  it.each([
    { when: "Meta made the token", killAt: "", holds: "old", outcome: "interrupted", last: "obtain failed" },
    {
      when: "the token is saved",
      killAt: "after rename deployed",
      holds: "new",
      outcome: null,
      last: "in_use not_proven",
    },
  ])(
    "take over a renewal of a replica that is killed when $when",
    { timeout: 180_000 },
    async ({ killAt, holds, outcome, last }) => {
      const { compileCache, remove } = await warmUp();
      onTestFinished(remove);
      await database().sql("drop schema public cascade");
      await database().sql("create schema public");
      const { port, database: name } = database().server;
      const world = await openWorld({
        mode: "socket",
        start: new Date(),
        appSecret: APP_SECRET,
        env: {
          DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/${name}`,
          OPS_PORT: "0",
          SCHEDULE: "* * * * * *",
          CHECK_INTERVAL: "1s",
          RENEW_WRITE: "source",
          RENEW_BEFORE: "20d",
        },
      });
      onTestFinished(world.close);
      const { graph, tokens } = world;
      const place = world.tokenFile("deployed");
      const bots: Bot[] = [];
      for (let nth = 0; nth < 2; nth++) {
        const gate = await openGate(graph.url);
        onTestFinished(gate.close);
        const KILL_HERE = fileURLToPath(new URL("kill-here.ts", import.meta.url));
        const env = { ...world.env, GRAPH_API_URL: gate.url, KILL_AT: killAt, NODE_OPTIONS: `--import=${KILL_HERE}` };
        const bot = startBot({ env, dataDir: world.dataDir }, { aheadMs: 0, compileCache });
        bots.push(bot);
        onTestFinished(async () => {
          bot.kill("SIGKILL");
          await bot.ended;
        });
        const isExchange = (request: string): boolean => killAt === "" && request.includes("oauth/access_token");
        gate.aim(isExchange, "done", () => bot.kill("SIGKILL"));
        if (!(await bot.says("wa-token runs", READY_WITHIN_MS))) throw new Error(`It did not start: ${bot.output()}`);
      }
      // Until now, the token never expired, so no replica refreshed it.
      place.write(tokens.sixtyDay);

      expect(await Promise.race(bots.map(async ({ ended }) => ended))).toBeNull();
      const diedMs = Date.now();
      const isOver = async (): Promise<boolean> => {
        const [renewal] = await renewals();
        const step = renewal?.steps.at(-1);
        return renewal?.outcome === outcome && `${step?.step} ${step?.state}` === last;
      };
      while (!(await isOver())) {
        if (Date.now() - diedMs > TAKEN_OVER_WITHIN_MS) throw new Error(JSON.stringify(await renewals()));
        await sleep(200);
      }
      const held = readFileSync(place.path, "utf8").trim();
      expect([held === tokens.sixtyDay ? "old" : "new", graph.state.tokens.get(held)?.standing.kind]).toEqual([
        holds,
        "alive",
      ]);
      expect(graph.state.tokens.get(tokens.sixtyDay)?.standing.kind).toBe("alive");
      expect([(await renewals()).length, graph.calls(/oauth\/access_token/).length]).toEqual([1, 1]);
      const files = readdirSync(dirname(place.path)).filter(
        (file) => file.startsWith("deployed") || file.endsWith("tmp"),
      );
      expect(files).toEqual(holds === "new" ? ["deployed", "deployed.previous"] : ["deployed"]);
      for (const bot of bots) bot.kill("SIGTERM");
      await Promise.all(bots.map(({ ended }) => ended));
      const rows: unknown[] = [];
      for (const table of TABLES) rows.push(await database().sql(`select * from ${table}`));
      const places = {
        database: JSON.stringify(rows),
        logs: bots.map((bot) => bot.output()).join(""),
        slack: saidToSlack(world.slack),
      };
      for (const token of [tokens.sixtyDay, held]) expect(leaksIn(withDerived(token, APP_SECRET), places)).toEqual([]);
    },
  );
});
