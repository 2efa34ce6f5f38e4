import { fitting } from "../kit/fitting.ts";
import { COMMAND } from "./parse-command.ts";

/** The first lines of a list within `room` characters, and the number of the others. */
export function boundedList(
  lines: readonly string[],
  room: number,
  { more = 0, most = MOST_LINES }: Bounds = {},
): readonly string[] {
  const shown = fitting(lines.slice(0, most), room - ROOM_FOR_REST);
  const rest = lines.length - shown.length + more;
  return rest === 0 ? shown : [...shown, `…and ${rest} more: \`${COMMAND} status\``];
}

/** The most lines of a list in one message. Status shows the rest. */
export const MOST_LINES = 20;

/** Space for the line that counts the rest. */
const ROOM_FOR_REST = 60;

interface Bounds {
  /** Entries that are not among the lines at all. */
  readonly more?: number;
  readonly most?: number;
}
