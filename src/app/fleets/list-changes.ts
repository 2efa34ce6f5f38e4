import type { FleetList } from "./fleet-list.ts";

/** What is new or different in a list, and the names that left it. */
export function changesOf(
  last: FleetList,
  list: FleetList,
): { readonly changed: readonly string[]; readonly removed: ReadonlySet<string> } {
  const changed: string[] = [];
  for (const name of list.names()) if (last.markOf(name) !== list.markOf(name)) changed.push(name);
  const removed = new Set<string>();
  for (const name of last.names()) if (!list.has(name)) removed.add(name);
  return { changed, removed };
}
