import { rich, type Spans } from "../guide/rich-text.ts";
import { countWithin } from "./cut-spans.ts";
import { listed } from "./values.ts";

/** "a, b and 4 more": as many items as fit into about `room` characters; "7 of them" when none fits. */
export function listedWithin(items: readonly Spans[], room: number): Spans {
  const most = countWithin(items, room);
  if (most > 0 || items.length === 0) return listed(items, most);
  return rich`${String(items.length)} of them`;
}
