import { expect, it, onTestFinished } from "vitest";
import { openStage, type Stage } from "../../../../sandbox/page/server/stage.ts";
import type { Deployment } from "../../../../sandbox/page/server/page-world.ts";
import { nextNewsAt } from "../../../../sandbox/page/server/time/next-news.ts";

const HOUR_MS = 3_600_000;

const openedStage = async (deployment: Deployment): Promise<Stage> => {
  const stage = await openStage(1, { deployment });
  onTestFinished(stage.close);
  return stage;
};

const hoursLater = (from: Date, hours: number): Date => new Date(from.getTime() + hours * HOUR_MS);

it("the next news is the next threshold, digest, reminder or message in the outbox, not the next check", async () => {
  const { journal, world, machine, faults } = await openedStage("calm");
  const { config, clock, slack } = world;
  const news = async (more = {}): Promise<string> =>
    (await nextNewsAt(journal.store, { ...config, ...more }, clock.now())).toISOString();
  // The 60-day token has 30 days left on Friday. The digest is on Monday.
  expect(await news()).toBe("2026-11-27T13:55:00.000Z");
  expect(await news({ watches: [] })).toBe("2026-11-30T09:00:00.000Z");
  // The last date that JavaScript has.
  expect(await news({ watches: [], digestSchedule: undefined })).toBe("+275760-09-13T00:00:00.000Z");
  await faults.set("slack", "limited");
  await machine.goTo(new Date("2026-11-27T14:00:00Z"));
  expect(await journal.store.undelivered()).toHaveLength(1);
  expect(await news()).toBe("2026-11-27T14:00:00.000Z");
  await faults.set("slack", null);
  await machine.goTo(new Date("2026-11-27T15:00:00Z"));
  expect(slack.calls("chat.postMessage").map(({ args }) => args["text"])).toContainEqual(
    expect.stringContaining("support-prod"),
  );
  expect(await news()).toBe("2026-11-30T09:00:00.000Z");
});

it("a failed check is repeated at every tick", async () => {
  const { machine, faults, bot, world } = await openedStage("healthy");
  await faults.set("graph", "broken");
  const from = world.clock.now();
  const ticks = (): number => bot.logLines().filter((line) => line.includes("tick ended")).length;
  const before = ticks();
  await machine.goTo(hoursLater(from, 6));
  expect(ticks() - before).toBe(6);
});

it("a change in the middle of a flight is seen at the next tick", async () => {
  const { machine, world, desk, journal } = await openedStage("healthy");
  const from = world.clock.now();
  let revokedAt: Date | undefined;
  const flight = machine.goTo(hoursLater(from, 48));
  // The first stop at which the bot has nothing to do, after its checks.
  journal.onChange(() => {
    if (revokedAt !== undefined || world.clock.now() < hoursLater(from, 12)) return;
    revokedAt = world.clock.now();
    setImmediate(() => desk.act("orders-prod", "revoke"));
  });
  await flight;
  if (revokedAt === undefined) throw new Error("The token was not revoked.");
  const [said] = journal.said();
  expect(said?.watch).toBe("orders-prod");
  expect((said?.at.getTime() ?? 0) - revokedAt.getTime()).toBeLessThanOrEqual(HOUR_MS);
});
