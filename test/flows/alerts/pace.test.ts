import { describe, expect, it } from "vitest";
import type { World } from "../../../sandbox/world.ts";
import { startProcess } from "../running/bot-process.ts";
import { aWorld, DAY } from "../flow.ts";

interface Arrival {
  readonly atMs: number;
  readonly taken: boolean;
}

/** When messages came to a channel, by this machine's clock. */
const arrivals = ({ slack }: World, channel: string): readonly Arrival[] => {
  const seen: Arrival[] = [];
  const id = slack.channelId(channel);
  slack.subscribe((event) => {
    if (event.type !== "call" || event.call.method !== "chat.postMessage" || event.call.args["channel"] !== id) return;
    seen.push({ atMs: performance.now(), taken: event.call.status === 200 });
  });
  return seen;
};

/** A world for a bot in a process of its own, which has real time: four alerts for #busy and one for #calm. */
const aBusyWorld = async (): Promise<World> => {
  const world = await aWorld({
    start: new Date(),
    slack: { channels: [{ name: "wa-alerts" }, { name: "busy" }, { name: "calm" }] },
    watchlist: (source, slack) =>
      `watches:\n${["busy", "busy", "busy", "busy", "calm"]
        .map(
          (channel, index) =>
            `  - { name: w${index}, source: "${source("soon")}", channel: ${slack.channelId(channel)} }`,
        )
        .join("\n")}`,
  });
  const day = (count: number): Date => new Date(world.clock.now().getTime() + count * DAY);
  // Tokens that end have a message each, whatever else ends.
  world.tokenFile("soon").write(world.graph.issueToken({ issuedAt: day(-50), expiresAt: day(5) }));
  return world;
};

const gaps = (seen: readonly Arrival[]): readonly number[] =>
  seen.slice(1).map(({ atMs }, index) => atMs - (seen[index]?.atMs ?? 0));

describe("the pace of a channel", () => {
  it("is one message a second, and delays no other channel", async () => {
    const world = await aBusyWorld();
    const [busy, calm] = [arrivals(world, "busy"), arrivals(world, "calm")];
    startProcess(world);
    await world.slack.waitFor(() => busy.length === 4 && calm.length === 1, 30_000);
    // On a busy machine, what is sent at its time arrives later. The exact times are tested in virtual time.
    expect((busy[3]?.atMs ?? 0) - (busy[0]?.atMs ?? 0)).toBeGreaterThan(2_000);
    // In one queue for all channels it would be the last.
    expect(calm[0]?.atMs).toBeLessThan(busy[3]?.atMs ?? 0);
  });

  it("respects Retry-After, for that channel only", async () => {
    const world = await aBusyWorld();
    const { slack } = world;
    const [busy, calm] = [arrivals(world, "busy"), arrivals(world, "calm")];
    slack.faults.add({
      kind: "rate_limited",
      retryAfterSeconds: 3,
      method: "chat.postMessage",
      channel: slack.channelId("busy"),
    });
    startProcess(world);
    await slack.waitFor(() => busy.length === 3 && calm.length === 1, 30_000);
    expect(busy.map(({ taken }) => taken)).toEqual([false, true, true]);
    const [asked = 0, next = 0] = gaps(busy);
    expect(asked).toBeGreaterThan(2_900);
    expect(next).toBeGreaterThan(500);
    expect(calm[0]?.atMs).toBeLessThan(busy[1]?.atMs ?? 0);
  });
});
