import { describe, expect, it } from "vitest";
import { type OpenPage, openPage } from "../open-page.ts";

const now = (page: OpenPage): string => page.stage().world.clock.now().toISOString();

/** Requests a move and waits until the journey has ended. */
const move = async (page: OpenPage, to: string): Promise<void> => {
  expect(await page.post("/api/time/move", { to })).toEqual({ status: 200, result: { ok: true, problem: null } });
  await page.stage().machine.arrived();
};

const rounds = (page: OpenPage): number =>
  page
    .stage()
    .bot.logLines()
    .filter((line) => line.includes("tick ended")).length;

describe("the time machine", () => {
  it("runs the bot at every tick that may have news, and so often that it reports no absence", async () => {
    const page = await openPage();
    expect(now(page)).toBe("2026-11-24T08:00:00.000Z");
    const before = rounds(page);
    await move(page, "hour");
    expect([now(page), rounds(page) - before]).toEqual(["2026-11-24T09:00:00.000Z", 1]);
    await move(page, "day");
    // At the next tick after the escalations, every third hour, and when reminders and escalations are due.
    expect(now(page)).toBe("2026-11-25T09:00:00.000Z");
    expect(rounds(page) - before).toBeLessThan(15);
    expect(page.stage().bot.logLines().join()).not.toContain("This bot was not running");
  });

  it("goes to the tick at which the bot reports the next threshold of any token", async () => {
    const page = await openPage();
    expect(page.stage().nextThreshold()).toMatchObject({ watch: "shop-staging", what: "token expires" });
    await move(page, "threshold");
    expect(now(page)).toBe("2026-11-25T08:00:00.000Z");
    await page.stage().timeline.refresh();
    const lane = page
      .stage()
      .timeline.view()
      .lanes.find(({ watch }) => watch === "shop-staging");
    expect(lane?.happened.at(-1)).toMatchObject({ at: now(page), tone: "critical" });
    expect(lane?.happened.at(-1)?.what).toContain("expired");
  });

  it("plays until it is paused, one journey at a time", async () => {
    const page = await openPage();
    expect((await page.post("/api/time/play", { hoursPerSecond: 24 })).result.ok).toBe(true);
    expect((await page.post("/api/time/move", { to: "hour" })).status).toBe(409);
    expect(page.stage().machine.running()).toMatchObject({ from: "2026-11-24T08:00:00.000Z", to: null });
    await page.until(page.robin, (slack) => slack.now > "2026-11-24T10:00:00.000Z");
    expect((await page.post("/api/time/stop", {})).result.ok).toBe(true);
    const stopped = now(page);
    expect(page.stage().machine.running()).toBeNull();
    await move(page, "hour");
    expect(Date.parse(now(page)) - Date.parse(stopped)).toBe(3_600_000);
  });

  it("stops a long journey after the current step", async () => {
    const page = await openPage();
    await page.post("/api/time/move", { to: "sixty_days" });
    expect(page.stage().machine.running()?.to).toBe("2027-01-23T08:00:00.000Z");
    await page.post("/api/time/stop", {});
    expect(now(page) < "2026-12-01").toBe(true);
  });

  it("explains that there is no upcoming threshold, and refuses an unknown move", async () => {
    const page = await openPage();
    for (const watch of ["support-prod", "shop-staging"])
      await page.post("/api/world/token", { watch, verb: "revoke" });
    expect(await page.post("/api/time/move", { to: "threshold" })).toEqual({
      status: 409,
      result: { ok: false, problem: "No deployed token has an upcoming threshold." },
    });
    expect((await page.post("/api/time/move", { to: "yesterday" })).status).toBe(400);
    expect((await page.post("/api/time/play", { hoursPerSecond: 1000 })).status).toBe(400);
  });
});
