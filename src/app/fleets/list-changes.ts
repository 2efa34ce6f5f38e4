import type { FleetList } from "./fleet-list.ts";

/** What is new or different in a list, and the names that left it. Without a last list, everything is new. */
export function changesOf(
  last: FleetList | undefined,
  list: FleetList | undefined,
): { readonly changed: readonly string[]; readonly removed: readonly string[] } {
  if (last === list) return { changed: [], removed: [] };
  return {
    changed: [...namesOf(list)].filter((name) => last?.markOf(name) !== list?.markOf(name)),
    removed: [...namesOf(last)].filter((name) => list?.has(name) !== true),
  };
}

function namesOf(list: FleetList | undefined): Iterable<string> {
  return list?.names() ?? [];
}
