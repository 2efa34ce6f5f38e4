import type { Remark } from "../../watch/forecast/forecast-watch.ts";
import { utcText } from "../../token/moment.ts";
import { counted } from "../../words/values.ts";
import { type Entry, type Forecast, isWhole } from "./forecast.ts";
import { REMARKS } from "./message-words.ts";

/** The forecast for a terminal: the assumptions, one line for each message, and what cannot be said. */
export function forecastText(forecast: Forecast): string {
  const { until, schedule, entries, remarks, fleets } = forecast;
  const none = isWhole(forecast)
    ? "The bot would send no messages."
    : "No messages are known, because the list of a fleet is missing or incomplete.";
  const lines = joined(entries);
  const places = lines.map(({ first: { to, kind } }) => `${to}${kind === "reply" ? " (thread)" : ""}`);
  const names = lines.map(({ first }) => first.watch ?? "all");
  const [placeWidth, nameWidth] = [places, names].map((texts) =>
    texts.reduce((width, { length }) => Math.max(width, length), 0),
  );
  return [
    `Forecast until ${utcText(until)}, if nobody acts, Meta's answers stay as they are, and the bot runs at every tick of SCHEDULE (${schedule}).`,
    "",
    ...(lines.length === 0 ? [none] : []),
    ...lines.map(({ first, last, count }, index) => {
      const again = count === 1 ? "" : ` (${count} times, the last on ${utcText(last.at)})`;
      const place = (places[index] ?? "").padEnd(placeWidth ?? 0);
      const name = (names[index] ?? "").padEnd(nameWidth ?? 0);
      return `${utcText(first.at)}  ${place}  ${name}  ${first.text}${again}`;
    }),
    ...(remarks.length === 0 ? [] : ["", "Watches:"]),
    ...remarkLines(remarks),
    ...(fleets.length === 0 ? [] : ["", "Fleets (as at a start of the bot):"]),
    ...fleets.map(({ fleet, message }) => `  ${fleet}: ${message}`),
  ].join("\n");
}

/** When more watches have the same remark, one line counts them. */
const MOST_NAMED = 20;

function remarkLines(remarks: Forecast["remarks"]): readonly string[] {
  const counts = new Map<Remark, number>();
  for (const { remark } of remarks) counts.set(remark, (counts.get(remark) ?? 0) + 1);
  const many = [...counts].filter(([, count]) => count > MOST_NAMED);
  const alone = remarks.filter(({ remark }) => (counts.get(remark) ?? 0) <= MOST_NAMED);
  return [
    ...many.map(([remark, count]) => `  ${counted(count, "watch", "watches")}: ${REMARKS[remark]}`),
    ...alone.map(({ watch, remark }) => `  ${watch}: ${REMARKS[remark]}`),
  ];
}

interface Line {
  readonly first: Entry;
  readonly last: Entry;
  readonly count: number;
}

/** Joins the reminders of a watch until its next other message, and all digests of a channel. */
function joined(entries: readonly Entry[]): readonly Line[] {
  const runs: Entry[][] = [];
  const open = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = entry.watch === null ? `digest ${entry.to}` : `watch ${entry.watch}`;
    const run = open.get(key);
    if (run?.[0] !== undefined && isRepeated(entry) && run[0].reason === entry.reason) {
      run.push(entry);
      continue;
    }
    const next = [entry];
    runs.push(next);
    open.set(key, next);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    return first === undefined ? [] : [{ first, last: run.at(-1) ?? first, count: run.length }];
  });
}

function isRepeated({ reason }: Entry): boolean {
  return reason === "reminder" || reason === "digest";
}
