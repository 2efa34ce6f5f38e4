import { describe, expect, it } from "vitest";
import { NEW_WATCH, type WatchState } from "../../../src/alert/alert.ts";
import { openAlert } from "../../../src/alert/change-alert.ts";
import type { Renewal } from "../../../src/renewal/renewal.ts";
import { DAY_MS, HOUR_MS } from "../../../src/token/duration.ts";
import { NOT_KNOWN } from "../../../src/token/expiry.ts";
import { type ForecastRules, forecastWatch } from "../../../src/watch/forecast/forecast-watch.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import type { WatchRecord } from "../../../src/watch/ports.ts";
import { snapshotOf } from "../../../src/watch/snapshot-of.ts";
import { aFailure, after, anExpiring, aVerdict, aWatch, NO_ESCALATION, NOW } from "../../support/builders.ts";
import { aRenewal } from "../../renewal/renewals.ts";

const RULES: ForecastRules = {
  metaApp: undefined,
  unknownAfterMs: HOUR_MS,
  repeatCriticalMs: 4 * HOUR_MS,
  escalation: NO_ESCALATION,
  quiet: undefined,
  schedule: "* * * * *",
  timezone: "UTC",
};
const WATCH = aWatch({ channel: "C0ALERTS", checkIntervalMs: HOUR_MS });

const record = (state: Partial<WatchState>, fields: Partial<WatchRecord> = {}): WatchRecord => ({
  name: WATCH.name,
  state: { ...NEW_WATCH, ...state },
  checkedAt: NOW,
  nextDueAt: after(HOUR_MS),
  owed: false,
  undelivered: null,
  ...fields,
});

const forecast = (stored: WatchRecord | undefined, days: number, rules: Partial<ForecastRules> = {}) => {
  const { messages, remarks } = forecastWatch(
    WATCH,
    stored,
    { ...RULES, ...rules },
    { from: NOW, until: after(days * DAY_MS) },
  );
  return [...messages.map(({ at, kind, reason }) => `${at.toISOString()} ${kind} ${reason}`), ...remarks];
};

const refreshed = (days: number, last?: Renewal, fields: Partial<WatchState> = {}): readonly string[] => {
  const write = { kind: "file", path: "/run/token" } as const;
  const watch = { ...WATCH, renew: { write, beforeMs: 5 * DAY_MS, proofs: [] } };
  const verdict = aVerdict({ token: { expiry: { kind: "at", at: after(8 * DAY_MS) } } });
  const period = { from: NOW, until: after(days * DAY_MS) };
  const stored = record({ verdict, aliveFingerprint: "aaaaaaaaaaaa", ...fields });
  const { messages, remarks } = forecastWatch(watch, stored, RULES, period, last);
  return [...messages.map(({ at, kind, reason }) => `${at.toISOString()} ${kind} ${reason}`), ...remarks];
};

const failing = { failure: aFailure(), since: NOW, tries: 1 };
const inTwoDays = anExpiring("3d", after(2 * DAY_MS));
const openedNow = openAlert(
  { id: "a", kind: "problem", severity: "warning", verdict: inTwoDays, failing: null },
  snapshotOf(WATCH),
  NOW,
);
const ofInTwoDays = { fingerprint: inTwoDays.token?.fingerprint ?? "", thresholds: ["30d", "14d", "7d", "3d"] };

describe("the forecast of a watch from the store", () => {
  it.each<[string, WatchRecord | undefined, readonly string[]]>([
    ["a watch without a row", undefined, ["never_checked"]],
    ["a watch that was never checked", record({}), ["never_checked"]],
    ["a row that cannot be read", record({}, { unreadable: "damaged" }), ["unreadable"]],
    ["a token that never expires", record({ verdict: aVerdict() }), ["never_expires"]],
    ["an unknown end", record({ verdict: aVerdict({ token: { expiry: NOT_KNOWN } }) }), ["end_not_known"]],
    [
      "checks that fail: the third one and an hour later",
      record({ verdict: aVerdict(), failing }),
      ["2026-11-22T10:00:00.000Z post not_checked", "failing"],
    ],
    [
      "an alert that Slack has not accepted yet",
      record({ verdict: inTwoDays, alert: openedNow, told: ofInTwoDays }, { owed: true }),
      ["2026-11-22T08:00:00.000Z post first", "2026-11-23T08:00:00.000Z reply worse"],
    ],
    [
      "an update that waits",
      record({ verdict: inTwoDays, alert: { ...openedNow, acceptedAt: NOW }, told: ofInTwoDays }, { owed: true }),
      ["2026-11-23T08:00:00.000Z reply worse", "waiting"],
    ],
  ])("%s", (_, stored, expected) => {
    expect(forecast(stored, 1)).toEqual(expected);
  });

  it("assumes that a refresh by itself succeeds, and ends with it", () => {
    expect(refreshed(30)).toEqual(["refreshes_itself"]);
    expect(refreshed(1)).toEqual(["refreshes_itself"]);
    // An open renewal waits for people, at most for days.
    expect(refreshed(30, aRenewal())).toEqual(["refreshes_itself"]);
  });

  it("assumes that it keeps failing after a failure, and warns at every threshold", () => {
    const last = aRenewal({ outcome: "failed", endedAt: NOW });
    expect(refreshed(5.5, last)).toEqual([
      "2026-11-22T09:00:00.000Z post first",
      "2026-11-23T08:00:00.000Z reply worse",
      // `before` is a threshold, too.
      "2026-11-25T08:00:00.000Z reply worse",
      "2026-11-27T08:00:00.000Z reply worse",
      "refresh_fails",
    ]);
  });

  it("assumes no refresh of a token that Meta does not refresh, or while checks fail", () => {
    const user = aVerdict({ token: { type: "USER", expiry: { kind: "at", at: after(8 * DAY_MS) } } });
    expect(refreshed(0.9, undefined, { verdict: user })).toEqual(["2026-11-22T09:00:00.000Z post first"]);
    expect(refreshed(0.1, undefined, { failing })).toContain("failing");
    const degraded: Verdict = {
      ...aVerdict({ token: { expiry: { kind: "at", at: after(8 * DAY_MS) } } }),
      state: "degraded",
    };
    expect(refreshed(0.01, undefined, { verdict: degraded })).toEqual(["refresh_fails"]);
  });

  it("names each threshold and the expiry, at ticks of the schedule and after quiet days", () => {
    const soon = aVerdict({ token: { expiry: { kind: "at", at: after(8 * DAY_MS) } } });
    const quiet = { hours: undefined, days: ["sat", "sun"], timezone: "UTC" } as const;
    // NOW is a Sunday. Seven days before the end is a Monday.
    expect(
      forecast(record({ verdict: soon, aliveFingerprint: "aaaaaaaaaaaa" }), 8.3, { quiet, schedule: "5 * * * *" }),
    ).toEqual([
      "2026-11-23T00:05:00.000Z post first",
      "2026-11-23T08:05:00.000Z reply worse",
      "2026-11-27T08:05:00.000Z reply worse",
      "2026-11-29T08:05:00.000Z reply worse",
      "2026-11-30T08:05:00.000Z reply worse",
      "2026-11-30T14:05:00.000Z reply reminder",
    ]);
  });
});
