import { words } from "../../words/words.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { fitting } from "../kit/fitting.ts";
import { bold, literal } from "../kit/mrkdwn.ts";
import { openAlert } from "./alert-remarks.ts";
import { recordHeading } from "./watch-lines.ts";

/**
 * Watches by name only, grouped by state, so that hundreds of watches fit.
 * @param records in display order
 * @param room in characters
 */
export function compactLines(
  records: readonly WatchRecord[],
  now: Date,
  room: number,
): { readonly lines: readonly string[]; readonly hidden: number } {
  const lines = [...Map.groupBy(records, (record) => labelOf(record, now))].flatMap(([label, alike]) =>
    linesOf(
      label,
      alike.map(({ name }) => literal(name, 80)),
    ),
  );
  const shown = fitting(
    lines.map(({ text }) => text),
    room,
  );
  const named = lines.slice(0, shown.length).reduce((sum, { count }) => sum + count, 0);
  return { lines: shown, hidden: records.length - named };
}

const { labels } = words.status;

/** In characters. */
const LONGEST_LINE = 300;

function alertWord(record: WatchRecord, now: Date): readonly string[] {
  const alert = openAlert(record, now);
  if (alert === undefined) return [];
  if (alert.acknowledged !== null) return [labels.acknowledged];
  if (alert.snoozed !== null) return [labels.snoozed];
  return [alert.severity === "critical" ? labels.critical : labels.open];
}

/** "⛔ Revoked, acknowledged" */
function labelOf(record: WatchRecord, now: Date): string {
  return [
    recordHeading(record),
    ...(record.state.failing === null ? [] : [labels.notRechecked]),
    ...alertWord(record, now),
  ].join(", ");
}

interface Line {
  readonly text: string;
  /** The number of watches in this line. */
  readonly count: number;
}

function linesOf(label: string, names: readonly string[]): readonly Line[] {
  const found: Line[] = [];
  for (const name of names) {
    const last = found.at(-1);
    const longer = `${last?.text ?? ""}, ${name}`;
    if (last !== undefined && longer.length <= LONGEST_LINE)
      found[found.length - 1] = { text: longer, count: last.count + 1 };
    else found.push({ text: `${bold(label)}: ${name}`, count: 1 });
  }
  return found;
}
