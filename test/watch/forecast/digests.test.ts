import { expect, it } from "vitest";
import { forecastDigests } from "../../../src/watch/forecast/digests.ts";
import type { ForecastRules } from "../../../src/watch/forecast/forecast-watch.ts";
import { NO_ESCALATION } from "../../support/builders.ts";

const WATCHES = [{ channel: "C1" }, { channel: "C2" }, { channel: "C1" }];
const PERIOD = { from: new Date("2026-11-26T12:00Z"), until: new Date("2026-12-01T12:00Z") };
const rules = (quiet: ForecastRules["quiet"]): ForecastRules => ({
  metaApp: undefined,
  unknownAfterMs: 0,
  repeatCriticalMs: 0,
  escalation: NO_ESCALATION,
  quiet,
  schedule: "*/10 * * * *",
  timezone: "UTC",
});
const weekend = { hours: undefined, days: ["sat", "sun"], timezone: "UTC" } as const;

it.each<[string, string | undefined, ForecastRules["quiet"], readonly string[]]>([
  ["none without a schedule", undefined, undefined, []],
  [
    "one for each channel, at the next tick",
    "5 9 * * mon",
    undefined,
    ["2026-11-30T09:10:00.000Z C1 2", "2026-11-30T09:10:00.000Z C2 1"],
  ],
  ["after quiet days", "0 9 * * sat", weekend, ["2026-11-30T00:00:00.000Z C1 2", "2026-11-30T00:00:00.000Z C2 1"]],
])("digests: %s", (_, schedule, quiet, expected) => {
  const digests = forecastDigests(WATCHES, schedule, rules(quiet), PERIOD);
  expect(digests.map(({ at, channel, watches }) => `${at.toISOString()} ${channel} ${watches}`)).toEqual(expected);
});
