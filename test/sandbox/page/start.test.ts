import { describe, expect, it } from "vitest";
import type { RequestPath } from "../../../sandbox/page/protocol/requests.ts";
import { WATCHES } from "../../../sandbox/page/server/page-world.ts";
import { MOMENT_MS } from "../../../sandbox/page/server/time/moment.ts";
import { worldView } from "../../../sandbox/page/server/world/world-feed.ts";
import { type OpenPage, openPage } from "./open-page.ts";

const shown = (page: OpenPage): boolean => page.stage().start.view().shown;

/** A reset opens another world, in which people and channels have other ids. */
const command = (page: OpenPage, name: string) => {
  const { slack } = page.stage().world;
  return { as: slack.person(name).id, channel: slack.channelId("general"), text: "status" };
};

describe("the world that the demo starts with", () => {
  it("is calm: healthy tokens, no message in any channel, and a first threshold after some days", async () => {
    const page = await openPage("calm");
    const { lanes } = page.stage().timeline.view();
    expect(lanes.map(({ watch, state }) => [watch, state])).toEqual(WATCHES.map((watch) => [watch, "healthy"]));
    expect(page.see(page.robin).conversations.flatMap(({ messages }) => messages)).toEqual([]);
    expect(page.stage().nextThreshold()).toMatchObject({ watch: "support-prod", what: "30 days left" });
    const kinds = worldView(page.stage()).tokens.map(({ watch, kind }) => (kind === "60 days" ? watch : kind));
    expect(new Set(kinds)).toEqual(new Set(["support-prod", "never expires"]));
  });
});

describe("the card “Start here”", () => {
  it("goes away when one of its things is done, from anywhere, and comes back after a reset", async () => {
    const page = await openPage("calm");
    // None of these uses the card: an unknown action, a refused command, and a look at Home.
    await page.post("/api/world/token", { watch: "orders-prod", verb: "unknown" });
    await page.post("/api/command", command(page, "guest"));
    await page.post("/api/home", { as: page.robin, tab: "home" });
    const uses: readonly (readonly [RequestPath, () => object])[] = [
      ["/api/world/token", () => ({ watch: "orders-prod", verb: "revoke" })],
      ["/api/command", () => command(page, "robin")],
      ["/api/start/dismiss", () => ({})],
    ];
    for (const [path, body] of uses) {
      expect([path, shown(page)]).toEqual([path, true]);
      expect((await page.post(path, body())).result.ok).toBe(true);
      expect([path, shown(page)]).toEqual([path, false]);
      await page.post("/api/world/reset", {});
    }
  });

  it("is not in the world of its 40-second story, and a reset leads back to the calm world", async () => {
    let pausedMs = 0;
    const page = await openPage("calm", {
      pause: async (ms) => {
        pausedMs += ms;
      },
    });
    await page.post("/api/story/play", { id: "revoked" });
    expect(shown(page)).toBe(false);
    await page.player.over();
    expect(shown(page)).toBe(false);
    expect(Math.round(pausedMs / 10_000)).toBe(4);
    await page.post("/api/world/reset", {});
    expect([shown(page), page.stage().deployment]).toEqual([true, "calm"]);
  });
});

describe("two answers to the same press", () => {
  it("do not stay both: the result of a check replaces “Checking…”", async () => {
    const page = await openPage("healthy");
    const { slack, clock } = page.stage().world;
    await page.post("/api/world/token", { watch: "orders-prod", verb: "revoke" });
    await page.post("/api/time/move", { to: "hour" });
    await page.stage().machine.arrived();
    const robin = slack.person("robin");
    const alert = await slack.waitFor(() => robin.channelMessages("wa-alerts")[0]);
    clock.advance(MOMENT_MS);
    await robin.click({ text: "Check now" }, { in: alert });
    await slack.waitFor(() => robin.ephemerals()[1]);
    const seen = page.see(page.robin).conversations.flatMap(({ messages }) => messages.filter((one) => one.onlyYou));
    expect(seen.map(({ text }) => text)).toEqual([expect.stringContaining("*orders-prod*: Revoked")]);
    expect(robin.ephemerals().map(({ text }) => text)).toEqual([expect.stringContaining("Checking"), seen[0]?.text]);
  });
});
