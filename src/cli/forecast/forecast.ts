import { escalationOf } from "../../app/escalation.ts";
import type { Config } from "../../config/config.ts";
import type { FleetTrouble } from "../../outbox/digest-table.ts";
import { forecastDigests } from "../../watch/forecast/digests.ts";
import { type ForecastRules, forecastWatch, type Period, type Remark } from "../../watch/forecast/forecast-watch.ts";
import type { Renewal } from "../../renewal/renewal.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import type { Watch } from "../../watch/watch.ts";
import { DECODED, inBatches } from "../../store/tables/batches.ts";
import { digestWords, messageWords } from "./message-words.ts";

/** One message that Slack would receive. */
export interface Entry {
  readonly at: Date;
  /** Slack ID of the channel or person. */
  readonly to: string;
  readonly kind: "post" | "reply" | "escalation" | "digest";
  /** The reason; `digest` for a digest. */
  readonly reason: string;
  /** Null for a digest, which is about all watches of its channel. */
  readonly watch: string | null;
  readonly text: string;
}

export interface Forecast extends Period {
  readonly schedule: string;
  /** In the order of their times. */
  readonly entries: readonly Entry[];
  readonly remarks: readonly { readonly watch: string; readonly remark: Remark }[];
  readonly fleets: readonly FleetRemark[];
}

/** What is wrong with the list of a fleet. */
interface FleetRemark extends FleetTrouble {
  /** `incomplete`: the bot would not accept the list, so watches may be missing. `skipped`: the bot skips lines of it. */
  readonly code: "incomplete" | "skipped";
}

/** What the bot watches, and what it knows. */
export interface ForecastInputs {
  readonly watches: readonly Watch[];
  readonly fleets: readonly FleetRemark[];
  readonly records: readonly WatchRecord[];
  /** The latest renewal of each watch. */
  readonly renewals: ReadonlyMap<string, Renewal>;
}

/** All messages of a period for the watches, without those of renewals. It lets other work run between some watches. */
export async function forecastOf(
  { watches, fleets, records, renewals }: ForecastInputs,
  config: Pick<Config, "schedule" | "timezone" | "digestSchedule" | "alerts" | "app"> &
    Pick<Config, "unknownAfterMs" | "repeatCriticalMs">,
  period: Period,
): Promise<Forecast> {
  const { schedule, timezone, digestSchedule, alerts, app, unknownAfterMs, repeatCriticalMs } = config;
  const escalation = escalationOf(config);
  const { quiet } = alerts;
  const rules: ForecastRules = {
    metaApp: app,
    unknownAfterMs,
    repeatCriticalMs,
    escalation,
    quiet,
    schedule,
    timezone,
  };
  const known = new Map(records.map((record) => [record.name, record]));
  const entries: Entry[] = [];
  const remarks: Forecast["remarks"][number][] = [];
  for await (const piece of inBatches(watches, DECODED))
    for (const watch of piece) {
      const found = forecastWatch(watch, known.get(watch.name), rules, period, renewals.get(watch.name));
      for (const remark of found.remarks) remarks.push({ watch: watch.name, remark });
      // Only the words are kept: a message holds whole alerts.
      for (const message of found.messages) {
        const { at, kind, reason } = message;
        const to = (kind === "escalation" ? escalation.routes[0] : watch.channel) ?? "";
        entries.push({ at, to, kind, reason, watch: watch.name, text: messageWords(message) });
      }
    }
  const digests = forecastDigests(watches, digestSchedule, rules, period).map(
    ({ at, channel, watches: count }): Entry => ({
      at,
      to: channel,
      kind: "digest",
      reason: "digest",
      watch: null,
      text: digestWords(count),
    }),
  );
  return {
    ...period,
    schedule,
    entries: [...entries, ...digests].toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    remarks,
    fleets,
  };
}

/** True when the bot would accept the lists of all fleets. */
export function isWhole({ fleets }: Pick<Forecast, "fleets">): boolean {
  return fleets.every(({ code }) => code === "skipped");
}
