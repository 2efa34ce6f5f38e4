import { rich, type Spans } from "../guide/rich-text.ts";
import { countWithin } from "./cut-spans.ts";
import { grouped, listed } from "./values.ts";

/**
 * "a, b and 4 more": as many items as fit into about `room` characters; "7 of them" when none fits.
 * @param total the number of all items, when `items` are only the first
 */
export function listedWithin(items: readonly Spans[], room: number, total = items.length): Spans {
  const most = countWithin(items, room);
  if (most > 0 || total === 0) return listed(items, most, total);
  return rich`${grouped(total)} of them`;
}
