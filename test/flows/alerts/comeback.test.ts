import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import type { SeenMessage } from "../../../sandbox/slack/messages.ts";
import { roundBeside } from "../running/beside.ts";
import { askOps, aWorld, type Flow, HOUR, MINUTE, withPeople } from "../flow.ts";
import { aShop, messagesSeen } from "./many.ts";
import { later, ORDERS, watching } from "../watched.ts";

/** A real schedule: its ticks come by the sandbox's clock, and only when that is moved. */
const MINUTELY = { env: { SCHEDULE: "* * * * *" } };

const comebacks = (flow: Pick<Flow, "robin">): readonly SeenMessage[] =>
  messagesSeen(flow).filter(({ text }) => text.startsWith("This bot was not running"));

const textOf = (message: SeenMessage | undefined): string =>
  (message?.text ?? "").replaceAll(/<!date[^|]*\|([^>]*)>/g, "$1");

/** One tick of the scheduler and what it leaves to deliver: a round of its own waits for that. */
const tick = async ({ clock, bot }: Pick<Flow, "clock" | "bot">, ms: number): Promise<void> => {
  const ended = bot.nextLine("tick ended");
  clock.advance(ms);
  await ended;
  await bot.app.round("due");
};

const restart = async (flow: Flow, ms: number): Promise<Flow> => {
  await flow.bot.stop();
  flow.clock.advance(ms);
  return withPeople(flow, await flow.startBot());
};

describe("a bot that was away for longer than three intervals", () => {
  it("reports that once, with the changes it missed, when it starts again", async () => {
    const shop = await aShop(MINUTELY);
    shop.revoke("crm");
    shop.tokenFile("news").write(shop.tokens.sixtyDay);
    const again = await restart(shop, 5 * HOUR);
    const [comeback, ...more] = comebacks(again);
    expect(more).toEqual([]);
    expect(textOf(comeback).split("\n")).toEqual([
      "This bot was not running from 22 Nov 2026, 08:01 UTC to 22 Nov 2026, 13:00 UTC (4 hours 59 minutes). It missed the checks of 7 tokens.",
      "Changes found since then:",
      expect.stringMatching(
        /^• 22 Nov 2026, 13:00 UTC · \*crm\* · New problem: Healthy → Revoked\. The token was revoked: /,
      ),
      expect.stringMatching(
        /^• 22 Nov 2026, 13:00 UTC · \*news\* · New problem: Healthy → Expiring\. The token expires 27 Nov 2026, 08:00 UTC\. /,
      ),
    ]);
    expect(messagesSeen(again)).toHaveLength(3);
    await tick(again, 16 * MINUTE);
    expect(comebacks(again)).toHaveLength(1);
    expect(shop.slack.rejections()).toEqual([]);
  });

  it("reports that after its machine slept, at the scheduler's next tick", async () => {
    const flow = await watching("never", MINUTELY);
    for (let ticks = 0; ticks < 20; ticks += 1) await tick(flow, MINUTE);
    expect(comebacks(flow)).toEqual([]);
    await tick(flow, 8 * HOUR);
    expect(comebacks(flow).map(textOf)).toEqual([
      "This bot was not running from 22 Nov 2026, 08:21 UTC to 22 Nov 2026, 16:20 UTC (7 hours 59 minutes). It missed the checks of 1 token.\n" +
        "It has checked everything again: nothing changed.",
    ]);
    await tick(flow, MINUTE);
    expect(comebacks(flow)).toHaveLength(1);
  });

  it("reports nothing after a short stop", async () => {
    const flow = await watching("never", MINUTELY);
    await restart(flow, 45 * MINUTE);
    expect(comebacks(flow)).toEqual([]);
  });

  it("reports nothing at its first start, nor after work of `round`, which never reports it", async () => {
    const flow = await watching("never", MINUTELY);
    expect(comebacks(flow)).toEqual([]);
    await flow.bot.stop();
    flow.clock.advance(5 * HOUR);
    await roundBeside(flow);
    flow.clock.advance(10 * MINUTE);
    const again = withPeople(flow, await flow.startBot());
    await later(again, MINUTE);
    expect(comebacks(again)).toEqual([]);
  });
});

describe("a bot whose machine starts in 1970 and sets its clock later", () => {
  const START_1970 = new Date("1970-01-01T00:05:00Z");

  /** Stops the bot, starts it in 1970, and gives the time at which it stopped. */
  const startUnset = async (flow: Flow): Promise<{ readonly again: Flow; readonly stoppedAt: Date }> => {
    await flow.bot.stop();
    const stoppedAt = flow.clock.now();
    flow.clock.set(START_1970);
    return { again: withPeople(flow, await flow.startBot()), stoppedAt };
  };

  /** Everything that the bot keeps, as text. */
  const storedBy = ({ dataDir }: Flow): string => {
    const db = new DatabaseSync(join(dataDir, "wa-token.db"), { readOnly: true });
    const tables = db.prepare("select name from sqlite_master where type = 'table'").all();
    const rows = tables.flatMap(({ name }) => db.prepare(`select * from "${String(name)}"`).all());
    db.close();
    return JSON.stringify(rows);
  };

  const setTo = async (flow: Flow, at: Date): Promise<void> => {
    const ended = flow.bot.nextLine("tick ended");
    flow.clock.set(at);
    await ended;
    await flow.bot.app.round("due");
  };

  it.each([
    ["on a new store", false],
    ["on a store that remembers rounds", true],
  ])("%s writes nothing, says why it is not ready, and reports no absence", async (_, before) => {
    const options = { watchlist: ORDERS, ...MINUTELY, ...(before ? {} : { start: START_1970 }) };
    const world = await aWorld(options);
    world.tokenFile("orders").write(world.tokens.noMessaging);
    const first = withPeople(world, await world.startBot());
    const { again, stoppedAt } = before
      ? await startUnset(first)
      : { again: first, stoppedAt: new Date("2026-11-22T08:00:00Z") };
    expect(storedBy(again)).not.toMatch(/1970-/);
    const { status, body } = await askOps(again, "/readyz");
    expect(status).toBe(503);
    expect(body).toContain("This machine's clock says 1970-01-01 00:05 UTC, so it was never set.");
    await setTo(again, new Date(stoppedAt.getTime() + 2 * MINUTE));
    expect(comebacks(again)).toEqual([]);
    expect(messagesSeen(again).map(({ text }) => text)).toEqual([expect.stringContaining("orders-prod")]);
    expect(JSON.stringify(messagesSeen(again))).not.toContain("1970");
    expect(storedBy(again)).toMatch(/2026-11-22T08:0/);
    expect(storedBy(again)).not.toMatch(/1970-/);
    expect((await askOps(again, "/readyz")).status).toBe(200);
    // Later absences are told as ever.
    await setTo(again, new Date(stoppedAt.getTime() + 8 * HOUR));
    expect(comebacks(again)).toHaveLength(1);
  });

  it("reports a real absence with its own times", async () => {
    const flow = await watching("never", MINUTELY);
    const { again, stoppedAt } = await startUnset(flow);
    await setTo(again, new Date(stoppedAt.getTime() + 5 * HOUR));
    expect(comebacks(again).map(textOf)).toEqual([
      expect.stringMatching(/^This bot was not running from 22 Nov 2026, .* \(4 hours 59 minutes\)/),
    ]);
  });

  it("runs no round next to another bot either", async () => {
    const flow = await watching("never", MINUTELY);
    await flow.bot.stop();
    flow.clock.set(START_1970);
    await expect(roundBeside(flow)).rejects.toThrow("so it was never set");
  });
});
