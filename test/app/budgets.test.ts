import { describe, expect, it } from "vitest";
import { createBudgets } from "../../src/app/budgets.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import { NEW_WATCH } from "../../src/alert/alert.ts";
import { after, aWatch, NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";
import { aFleet, callsOf, limited, used } from "./budget-fleet.ts";

describe("a limit of Meta", () => {
  it("pauses the checks for the time that Graph gave, then tries one, then continues", async () => {
    const fleet = await aFleet(30);
    const one = fleet.aProgram();
    fleet.graph.reply = () => (fleet.graph.calls > 5 ? limited : used(20));
    const first = await callsOf(fleet, one);
    expect(first).toBeGreaterThan(5);
    // Those that were in flight when Graph refused the first.
    expect(first).toBeLessThanOrEqual(15);
    expect(one.lines.filter(({ msg }) => String(msg).startsWith("Meta limits the calls"))).toHaveLength(1);
    fleet.later(18);
    expect(await callsOf(fleet, one)).toBe(0);
    expect(await callsOf(fleet, one, "all")).toBe(0);
    fleet.later(2);
    // Graph still refuses, so the bot asks once and pauses again.
    expect(await callsOf(fleet, one)).toBe(1);
    fleet.later(18);
    expect(await callsOf(fleet, one)).toBe(0);
    fleet.later(2);
    fleet.graph.reply = () => used(10);
    expect(await callsOf(fleet, one)).toBe(1);
    expect(await callsOf(fleet, one)).toBeGreaterThan(20);
  });

  it("leaves watches that were not checked as they were", async () => {
    const fleet = await aFleet(3);
    const one = fleet.aProgram();
    expect((await one.app.round("due")).round.checked).toBe(3);
    fleet.later(20);
    fleet.graph.reply = () => limited;
    const { round } = await one.app.round("due");
    expect(round.changes).toEqual({});
    fleet.later(10);
    const paused = await one.app.round("all");
    expect(paused.round).toMatchObject({ checked: 0, failed: 0, outcomes: {}, changes: {} });
  });

  it("pauses a second program and a restarted one too", async () => {
    const fleet = await aFleet(30);
    fleet.graph.reply = () => limited;
    expect(await callsOf(fleet, fleet.aProgram())).toBeGreaterThan(0);
    fleet.later(5);
    const [two, three] = [fleet.aProgram(), fleet.aProgram()];
    expect(await callsOf(fleet, two)).toBe(0);
    fleet.later(15);
    fleet.graph.reply = () => used(10);
    expect(await callsOf(fleet, two)).toBe(1);
    // The third program learns from the second that Graph answers again.
    expect(await callsOf(fleet, three)).toBeGreaterThan(20);
  });

  it("reduces the pace from 75 % on", async () => {
    const fleet = await aFleet(200);
    const one = fleet.aProgram();
    fleet.graph.reply = () => used(Math.min(99, Math.floor(fleet.graph.calls / 2)));
    const first = await callsOf(fleet, one);
    expect(first).toBeGreaterThanOrEqual(150);
    expect(first).toBeLessThan(185);
    fleet.later(5);
    const next = await callsOf(fleet, one);
    expect(next).toBeGreaterThan(0);
    expect(next).toBeLessThanOrEqual(4);
  });

  it("does not stop for ever when the clock is set back during a pause", async () => {
    const fleet = await aFleet(30);
    const one = fleet.aProgram();
    fleet.later(24 * 60);
    fleet.graph.reply = () => limited;
    await callsOf(fleet, one);
    fleet.later(-24 * 60);
    expect(await callsOf(fleet, one)).toBe(0);
    fleet.later(20);
    expect(await callsOf(fleet, one)).toBe(1);
  });
});

describe("a check whose watch changes meanwhile", () => {
  const app = (id: string) => ({ id, secret: { kind: "given" as const, secret: new Secret("app-secret") } });
  it.each<[string, readonly ReturnType<typeof aWatch>[]]>([
    ["leaves its fleet", []],
    ["gets another app", [aWatch({ name: "a", app: app("42") })]],
  ])("ends at the app that it began with: it %s", async (_, later) => {
    const clock = { ms: 0 };
    let watches = [aWatch({ name: "a", app: app("41") })];
    const budgets = createBudgets({
      watches: {
        get size() {
          return watches.length;
        },
      },
      appOf: (name) => watches.find((one) => one.name === name)?.app?.id ?? "40",
      countOf: (id) => watches.filter((watch) => watch.app?.id === id).length,
      now: () => after(clock.ms),
      log: keepLog().log,
    });
    const claim = budgets.claims({
      claimDue: async () => [{ watch: "a", state: NEW_WATCH, lease: "lease" }],
      budgets: async () => new Map(),
      shareBudget: async (_app, merge) => merge(null),
    });
    await claim({ names: ["a"], now: NOW, leaseMs: 1, limit: 10, which: "due", roundStartedAt: NOW });
    budgets.onUsage("41", { percent: 100, waitMs: 60_000 });
    watches = [...later];
    budgets.ended("a");
    budgets.ended("a");
    clock.ms = 60_000;
    // After the pause, one check may begin only while none is in progress.
    expect(budgets.gate.allowed("41")).toBe(1);
  });
});
