import type { Forecast } from "./forecast.ts";
import { REMARKS } from "./message-words.ts";

/** The object that `round --forecast --json` prints. Every key is always present. Times are ISO times in UTC. */
export function forecastJson({ from, until, schedule, entries, remarks, fleets }: Forecast) {
  return {
    from: from.toISOString(),
    until: until.toISOString(),
    schedule,
    messages: entries.map(({ at, to, kind, reason, watch, text }) => ({
      at: at.toISOString(),
      to,
      kind,
      reason,
      watch,
      text,
    })),
    remarks: remarks.map(({ watch, remark }) => ({ watch, code: remark, text: REMARKS[remark] })),
    fleets: fleets.map(({ fleet, code, message }) => ({ fleet, code, text: message })),
  };
}
