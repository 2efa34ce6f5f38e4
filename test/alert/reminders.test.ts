import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/token/duration.ts";
import { type Alert, NEW_WATCH, type WatchState } from "../../src/alert/alert.ts";
import type { AlertRules } from "../../src/alert/alert-rules.ts";
import { nextReplyTimes } from "../../src/alert/next-reply.ts";
import { gridOf, remindedAt } from "../../src/alert/reminders.ts";
import { transition } from "../../src/alert/transition.ts";
import { aCard, aFinding, after, anAlert, aPolicy, aVerdict, NO_ESCALATION, NOW } from "../support/builders.ts";

const WEEK_MS = 7 * DAY_MS;
const degraded = aVerdict({ findings: [aFinding("scope_missing")] });
const rulesOf = (repeatCriticalMs: number): AlertRules => ({
  card: aCard(),
  policy: aPolicy(),
  unknownAfterMs: HOUR_MS,
  repeatCriticalMs,
  escalation: NO_ESCALATION,
  newId: () => "alert-2",
});

/** A watch whose alert became critical then, and was announced at once. */
const criticalAt = (at: Date, fields: Partial<Alert> = {}): WatchState => ({
  ...NEW_WATCH,
  verdict: degraded,
  alert: anAlert({ verdict: degraded, openedAt: at, spokeAt: at, criticalSince: at, acceptedAt: at, ...fields }),
});

interface Walk {
  readonly state: WatchState;
  readonly rules: AlertRules;
  readonly from: Date;
  readonly forMs: number;
  /** The delay of each check after its due time. */
  readonly lateMs?: number;
}

/** Checks the watch whenever a reply is due, as rounds do, while nobody answers. Returns the times of reminders. */
const remind = ({ state, rules, from, forMs, lateMs = 0 }: Walk): readonly Date[] => {
  const until = from.getTime() + forMs;
  const times: Date[] = [];
  let current = state;
  let now = from.getTime();
  for (;;) {
    const next = Math.min(...nextReplyTimes(current, rules, new Date(now)).map(Number));
    now = Math.max(now + 1, next + lateMs);
    if (now > until) return times;
    const step = transition(current, degraded, new Date(now), rules);
    if ("reason" in step.change && step.change.reason === "reminder") {
      times.push(new Date(now));
      expect(step.replies).toMatchObject([{ reason: "reminder", notice: true }]);
    }
    current = step.state;
  }
};

/** Hours after the first instant. */
const hours = (times: readonly Date[], from: Date): readonly number[] =>
  times.map((at) => (at.getTime() - from.getTime()) / HOUR_MS);
const range = (from: number, to: number, step: number): readonly number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

const DAILY = range(48, 14 * 24, 24);
const WEEKLY = [21, 28, 35].map((days) => days * 24);

describe("the reminders of an alert that nobody answers for 40 days", () => {
  it.each<[string, number, readonly number[]]>([
    ["4 hours", 4 * HOUR_MS, [...range(4, 24, 4), ...DAILY, ...WEEKLY]],
    ["an hour", HOUR_MS, [...range(1, 24, 1), ...DAILY, ...WEEKLY]],
    ["half a day", 12 * HOUR_MS, [12, 24, ...DAILY, ...WEEKLY]],
    ["a day", DAY_MS, [24, ...DAILY, ...WEEKLY]],
    ["a day and a half", 36 * HOUR_MS, [...range(36, 360, 36), 528, 696, 864]],
    ["a week", WEEK_MS, range(168, 960, 168)],
    ["ten days", 10 * DAY_MS, range(240, 960, 240)],
    ["fifty days", 50 * DAY_MS, []],
  ])(
    "every %s: daily after the first day, weekly from the 14th day, never more often than configured",
    (_name, repeatMs, expected) => {
      const walk = { state: criticalAt(NOW), rules: rulesOf(repeatMs), from: NOW, forMs: 40 * DAY_MS };
      expect(hours(remind(walk), NOW)).toEqual(expected);
    },
  );

  it("every minute: 1,440 on the first day, then as few as with other intervals", () => {
    const walk = { state: criticalAt(NOW), rules: rulesOf(MINUTE_MS), from: NOW, forMs: 40 * DAY_MS };
    const times = hours(remind(walk), NOW);
    expect(times).toHaveLength(1_440 + DAILY.length + WEEKLY.length);
    expect(times.slice(1_440)).toEqual([...DAILY, ...WEEKLY]);
  });

  it.each([0, 1_000, 5 * MINUTE_MS, 59 * MINUTE_MS])("do not drift when each round is %i ms late", (lateMs) => {
    const walk = { state: criticalAt(NOW), rules: rulesOf(4 * HOUR_MS), from: NOW, forMs: 40 * DAY_MS, lateMs };
    const onTime = remind(walk).map((at) => new Date(at.getTime() - lateMs));
    expect(hours(onTime, NOW)).toEqual([...range(4, 24, 4), ...DAILY, ...WEEKLY]);
  });

  it("count from the time of a round that missed the full hour", () => {
    const { alert } = transition(criticalAt(NOW), degraded, after(7.5 * HOUR_MS), rulesOf(4 * HOUR_MS)).state;
    expect(alert?.spokeAt).toEqual(after(7.5 * HOUR_MS));
    expect(alert && remindedAt(alert, 4 * HOUR_MS)).toEqual(after(12 * HOUR_MS));
  });

  it.each([
    ["begins", "2026-03-28T12:00:00.000Z"],
    ["ends", "2026-10-24T12:00:00.000Z"],
  ])("do not depend on summer time: it %s", (_name, start) => {
    const from = new Date(start);
    const walk = { state: criticalAt(from), rules: rulesOf(4 * HOUR_MS), from, forMs: 3 * DAY_MS };
    expect(hours(remind(walk), from)).toEqual([...range(4, 24, 4), 48, 72]);
  });
});

describe("a clock that is set back", () => {
  it.each([HOUR_MS, DAY_MS, 30 * DAY_MS])("by %i ms neither stops the reminders nor causes many at once", (backMs) => {
    const rules = rulesOf(4 * HOUR_MS);
    const back = after(10 * HOUR_MS - backMs);
    const state = criticalAt(NOW, { spokeAt: after(8 * HOUR_MS) });
    // The first check after the change corrects the times of the other clock.
    const settled = transition(state, degraded, back, rules);
    expect(settled.change).toEqual({ kind: "none" });
    const times = hours(remind({ state: settled.state, rules, from: back, forMs: DAY_MS }), back);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(times[0]).toBeGreaterThan(0);
    expect(times[0]).toBeLessThanOrEqual(5);
    expect(new Set(gaps)).toEqual(new Set([4]));
  });
});

describe("the interval between reminders", () => {
  it.each<[string, Partial<Alert>, number]>([
    ["on the first day", {}, 4],
    ["after a day", { criticalSince: after(-DAY_MS) }, 24],
    ["just before a day is over", { criticalSince: after(-DAY_MS + 1) }, 4],
    ["after two weeks", { criticalSince: after(-14 * DAY_MS) }, 168],
    ["just before two weeks are over", { criticalSince: after(-14 * DAY_MS + 1) }, 24],
    ["of an old alert that just got worse", { openedAt: after(-30 * DAY_MS) }, 4],
    ["of an alert that became critical at an unknown time", { criticalSince: null }, 4],
  ])("%s", (_name, fields, expected) => {
    const { alert } = criticalAt(NOW, fields);
    expect(alert && remindedAt(alert, 4 * HOUR_MS)).toEqual(after(expected * HOUR_MS));
  });

  it("starts again when the alert gets worse, and when a snooze ends", () => {
    const rules = rulesOf(4 * HOUR_MS);
    const old = { criticalSince: after(-20 * DAY_MS), spokeAt: after(-HOUR_MS) };
    const worse = aVerdict({ findings: [aFinding("revoked")] });
    const worsened = transition(criticalAt(NOW, old), worse, NOW, rules).state;
    const snoozed = { by: "U0000000001", at: after(-DAY_MS), until: NOW, reason: "" };
    const awake = transition(criticalAt(NOW, { ...old, snoozed }), degraded, NOW, rules).state;
    for (const { alert } of [worsened, awake])
      expect(alert && remindedAt(alert, rules.repeatCriticalMs)).toEqual(after(4 * HOUR_MS));
  });
});

describe("the grid of reminders", () => {
  it.each([
    [4 * HOUR_MS, HOUR_MS],
    [DAY_MS, HOUR_MS],
    [2 * HOUR_MS, HOUR_MS / 2],
    [HOUR_MS, 15 * MINUTE_MS],
    [MINUTE_MS, 15_000],
  ])("of an interval of %i ms has steps of %i ms", (repeatMs, expected) => {
    expect(gridOf(repeatMs)).toBe(expected);
  });

  it("brings alerts together that opened one after the other", () => {
    const minutes = [1, 17, 34, 59, 60];
    const times = minutes.map((minute) => {
      const from = after(minute * MINUTE_MS);
      return remind({
        state: criticalAt(from),
        rules: rulesOf(4 * HOUR_MS),
        from,
        forMs: 40 * DAY_MS - minute * MINUTE_MS,
      }).join();
    });
    expect(new Set(times).size).toBe(1);
    expect(times[0]).toContain(after(5 * HOUR_MS).toString());
  });

  it("is a full step in UTC, and adds less than one step to the interval after the last reply", () => {
    const alerts = fc.record({
      spokeMs: fc.integer({ min: 0, max: 400 * DAY_MS }),
      ageMs: fc.integer({ min: 0, max: 13 * DAY_MS }),
      repeatMs: fc.integer({ min: MINUTE_MS, max: 30 * DAY_MS }).map((ms) => ms - (ms % MINUTE_MS)),
    });
    fc.assert(
      fc.property(alerts, ({ spokeMs, ageMs, repeatMs }) => {
        const spokeAt = after(spokeMs);
        const due = remindedAt({ spokeAt, criticalSince: new Date(spokeAt.getTime() - ageMs) }, repeatMs);
        const every = Math.max(repeatMs, ageMs >= DAY_MS ? DAY_MS : 0);
        const waited = due.getTime() - spokeAt.getTime();
        expect(due.getTime() % gridOf(repeatMs)).toBe(0);
        expect(waited).toBeGreaterThanOrEqual(every);
        expect(waited).toBeLessThan(every + gridOf(repeatMs));
      }),
    );
  });
});
