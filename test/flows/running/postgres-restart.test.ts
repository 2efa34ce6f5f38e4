import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { WorldOptions } from "../../../sandbox/world.ts";
import { say } from "../../crash/say.ts";
import { createDatabase, postgres } from "../../support/postgres-database.ts";
import { startProcess } from "./bot-process.ts";
import { alertsSeen, aWorld, SECOND } from "../flow.ts";
import { beginWith, IN_HAND, type Restart, toldAfterRestart, TOLD_WITHIN_MS, untilReady } from "./restarted.ts";
import { ORDERS } from "../watched.ts";

/** Two of the four that a bot on SQLite shows; another replica takes over both kinds of work below. */
const CASES = [
  { end: "SIGTERM", inHand: "a message" },
  { end: "SIGKILL", inHand: "an inspection" },
] as const satisfies readonly Restart[];

/** One after the other in one channel, a second apart; too few to share a message. */
const SHOPS = ["shop-1", "shop-2", "shop-3", "shop-4"];

describe.skipIf(postgres === null)("replicas on one PostgreSQL", () => {
  const shop = async (watchlist: NonNullable<WorldOptions["watchlist"]>) => {
    const { server, drop } = await createDatabase("empty");
    const DATABASE_URL = `postgres://postgres@127.0.0.1:${server.port}/${server.database}`;
    const world = await aWorld({ start: new Date(), watchlist, env: { DATABASE_URL } });
    return { world, drop };
  };

  it.each(CASES)("one that starts again after $end with $inHand in progress reports it soon", async (restart) => {
    const { world, drop } = await shop(ORDERS);
    const tookMs = await toldAfterRestart(world, restart);
    say(`PostgreSQL, ${restart.end} with ${restart.inHand} in hand: told ${Math.round(tookMs)} ms after readiness`);
    expect(tookMs).toBeLessThan(TOLD_WITHIN_MS);
    await drop();
  });

  it.each(IN_HAND)("the work in progress of a killed one, %s, is reported by the other within 15 s", async (inHand) => {
    const { world, drop } = await shop(ORDERS);
    const first = await beginWith(world, inHand, { OPS_PORT: "0" });
    startProcess(world);
    await untilReady(world);
    first.signal("SIGKILL");
    await first.ended;
    const killedAt = performance.now();
    world.slack.faults.clear();
    world.graph.faults.clear();
    const robin = world.slack.person("robin");
    await expect.poll(() => alertsSeen({ robin }).length, { timeout: 150_000, interval: 50 }).toBeGreaterThan(0);
    const tookMs = performance.now() - killedAt;
    say(`PostgreSQL, the other replica told ${inHand} ${Math.round(tookMs)} ms after the kill`);
    expect(tookMs).toBeLessThan(TOLD_WITHIN_MS);
    await drop();
  });

  it("one that was suspended while another took over its work repeats nothing afterwards", async () => {
    const { world, drop } = await shop(
      (source) => `watches:\n${SHOPS.map((name) => `  - { name: ${name}, source: "${source(name)}" }`).join("\n")}`,
    );
    for (const name of SHOPS) world.tokenFile(name).write(world.tokens.noMessaging);
    const robin = world.slack.person("robin");
    const posts = () => alertsSeen({ robin }).filter(({ threadTs }) => threadTs === undefined);
    const first = startProcess(world, ["run"], { OPS_PORT: "0" });
    await expect.poll(() => posts().length, { timeout: 30_000, interval: 20 }).toBe(1);
    // Its answer is saved, and the next message waits for its turn.
    await sleep(SECOND / 2);
    first.signal("SIGSTOP");
    startProcess(world);
    await expect.poll(() => posts().length, { timeout: 30_000 }).toBe(SHOPS.length);
    first.signal("SIGCONT");
    await sleep(5 * SECOND);
    expect(posts()).toHaveLength(SHOPS.length);
    expect(first.output()).toContain("this program sent no heartbeat for too long");
    await drop();
  });
});
