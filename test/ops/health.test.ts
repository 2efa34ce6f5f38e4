import { describe, expect, it } from "vitest";
import { judgeReadiness, type ReadinessInputs } from "../../src/ops/health.ts";
import { after, NOW } from "../support/builders.ts";

const MINUTE = 60_000;

const READY: ReadinessInputs = {
  store: { ok: true },
  slack: { linked: true, message: null },
  requests: null,
  rounds: { endedAt: after(-MINUTE), nextTickAt: after(MINUTE), runningSince: null, savedAt: null, problem: null },
  fleets: [],
  channels: [],
  graph: { first: [], others: 0 },
};

describe("readiness", () => {
  it("is given when the store answers, Slack is linked and a round has ended", () => {
    const { ready, checks } = judgeReadiness(READY, NOW);
    expect(ready).toBe(true);
    expect(Object.values(checks).every(({ ok, message }) => ok && message.endsWith("."))).toBe(true);
  });

  const rounds = (fields: Partial<ReadinessInputs["rounds"]>) => ({ rounds: { ...READY.rounds, ...fields } });
  it.each<[string, Partial<ReadinessInputs>, boolean]>([
    ["the store does not answer", { store: { ok: false, message: "The disk is full." } }, false],
    ["Slack is away", { slack: { linked: false, message: null } }, false],
    ["no round has ended", rounds({ endedAt: null, nextTickAt: null }), false],
    ["the first round is running", rounds({ endedAt: null, nextTickAt: null, runningSince: NOW }), false],
    ["a later round is running", rounds({ nextTickAt: null, runningSince: after(-30 * MINUTE) }), true],
    [
      "a long first round saves results",
      rounds({ endedAt: null, nextTickAt: null, runningSince: after(-90 * MINUTE), savedAt: after(-MINUTE) }),
      true,
    ],
    [
      "a long first round saves nothing",
      rounds({ endedAt: null, nextTickAt: null, runningSince: after(-9 * MINUTE), savedAt: after(-3 * MINUTE) }),
      false,
    ],
    [
      "a first round saved its first results",
      rounds({ endedAt: null, nextTickAt: null, runningSince: after(-MINUTE), savedAt: NOW }),
      false,
    ],
    [
      "a later round is long and saves results",
      rounds({ nextTickAt: null, runningSince: after(-90 * MINUTE), savedAt: after(-MINUTE) }),
      true,
    ],
    [
      "a later round is long and saves nothing",
      rounds({ nextTickAt: null, runningSince: after(-90 * MINUTE), savedAt: after(-61 * MINUTE) }),
      false,
    ],
    ["a round hangs", rounds({ nextTickAt: null, runningSince: after(-61 * MINUTE) }), false],
    ["the next tick is due just now", rounds({ nextTickAt: after(-MINUTE) }), true],
    ["the ticks have stopped", rounds({ nextTickAt: after(-3 * MINUTE) }), false],
    ["the first round failed", rounds({ endedAt: null, nextTickAt: null, problem: "The disk is full." }), false],
    ["one round has just failed", rounds({ nextTickAt: after(-MINUTE), problem: "The disk is full." }), true],
    ["rounds keep failing", rounds({ nextTickAt: after(-3 * MINUTE), problem: "The disk is full." }), false],
    ["the schedule is daily", rounds({ endedAt: after(-1_300 * MINUTE), nextTickAt: after(100 * MINUTE) }), true],
    ["a channel refuses", { channels: [{ channel: "C1", error: "not_in_channel" }] }, true],
    ["a fleet cannot be read", { fleets: [{ fleet: "customers", message: "Could not read it." }] }, true],
    ["no request was signed", { requests: "The last request was refused." }, true],
    [
      "Graph is away",
      { graph: { first: [{ watch: "orders-prod", message: "Graph did not answer." }], others: 0 } },
      true,
    ],
  ])("when %s", (_, inputs, ready) => {
    expect(judgeReadiness({ ...READY, ...inputs }, NOW).ready).toBe(ready);
  });

  it("gives a plain sentence for each problem", () => {
    const { checks } = judgeReadiness(
      {
        store: { ok: false, message: "The disk is full." },
        slack: { linked: false, message: "Slack refused the bot token." },
        requests: "The last request was refused.",
        rounds: { endedAt: null, nextTickAt: null, runningSince: null, savedAt: null, problem: null },
        fleets: [{ fleet: "customers", message: "Could not read the list. 12 watches of its last list stay." }],
        channels: [{ channel: "C1", error: "not_in_channel" }],
        graph: { first: [{ watch: "orders-prod", message: "Graph did not answer." }], others: 0 },
      },
      NOW,
    );
    expect(checks).toEqual({
      store: { ok: false, message: "The disk is full." },
      slack: { ok: false, message: "Slack refused the bot token." },
      requests: { ok: false, message: "The last request was refused." },
      rounds: { ok: false, message: "The first round has not ended yet." },
      fleets: { ok: false, message: "Fleet customers: Could not read the list. 12 watches of its last list stay." },
      channels: { ok: false, message: "Channel C1 did not accept a message: not_in_channel." },
      graph: { ok: false, message: "Watch orders-prod could not be inspected: Graph did not answer." },
    });
  });

  it("names the first twenty channels that refuse messages, and counts the others", () => {
    const channels = Array.from({ length: 25 }, (_, index) => ({ channel: `C${index}`, error: "not_in_channel" }));
    const { message } = judgeReadiness({ ...READY, channels }, NOW).checks.channels;
    expect(message.match(/Channel C/g)).toHaveLength(20);
    expect(message).toMatch(/And 5 more\.$/);
  });

  it("names the first twenty failing watches of a large fleet, and counts the others", () => {
    const first = Array.from({ length: 20 }, (_, index) => ({ watch: `shop-${index}`, message: "No answer." }));
    const { message } = judgeReadiness({ ...READY, graph: { first, others: 99_980 } }, NOW).checks.graph;
    expect(message.match(/Watch shop-/g)).toHaveLength(20);
    expect(message).toMatch(/And 99980 more\.$/);
  });

  it("reports an incomplete round at once, before it affects readiness", () => {
    const failing = rounds({ endedAt: after(-MINUTE), nextTickAt: NOW, problem: "The disk is full." });
    expect(judgeReadiness({ ...READY, ...failing }, NOW).checks.rounds).toEqual({
      ok: true,
      message: `The last round ended at ${after(-MINUTE).toISOString()}. The round after it was incomplete: The disk is full.`,
    });
  });

  it.each([
    [after(-5 * MINUTE), `No round has been complete since ${after(-5 * MINUTE).toISOString()}: The disk is full.`],
    [null, "The first round failed: The disk is full."],
  ])("says why rounds fail when the last complete round ended at %s", (endedAt, message) => {
    const failing = rounds({ endedAt, nextTickAt: after(-4 * MINUTE), problem: "The disk is full." });
    expect(judgeReadiness({ ...READY, ...failing }, NOW).checks.rounds).toEqual({ ok: false, message });
  });
});
