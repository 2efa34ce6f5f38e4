import type { FleetLines } from "../../config/fleet/fleet-lines.ts";
import type { Watch } from "../../watch/watch.ts";
import { bookOf, type WatchBook } from "../../watch/watch-book.ts";
import type { FleetState } from "./next-list.ts";

/** A fleet with its current list. */
export interface ListedFleet {
  readonly lines: FleetLines;
  readonly state: Pick<FleetState, "list" | "readAt" | "kept">;
}

export interface FleetBook extends WatchBook {
  /** True when a watch is in a list whose reading began after this moment, and for each watch of the watchlist. */
  readonly isListedSince: (name: string, since: Date) => boolean;
}

/**
 * The watches of the watchlist and of its fleets. It makes a watch of a fleet when it is asked for. A name counts where
 * it is found first: in the watchlist, then in the fleets in their order.
 */
export function createFleetBook(watches: readonly Watch[], fleets: readonly ListedFleet[]): FleetBook {
  const fixed = bookOf(watches);
  const ownerOf = (name: string): ListedFleet | undefined => fleets.find(({ state }) => state.list?.has(name) === true);

  const watchIn = ({ lines, state: { list } }: ListedFleet, name: string): Watch | undefined => {
    const definition = list?.definitionOf(name);
    return definition === undefined ? undefined : lines.watchOf(definition);
  };

  function* keys(): Generator<string> {
    yield* fixed.keys();
    for (const fleet of fleets)
      for (const name of fleet.state.list?.names() ?? []) if (!fixed.has(name) && ownerOf(name) === fleet) yield name;
  }

  const get = (name: string): Watch | undefined => {
    const own = fixed.get(name);
    if (own !== undefined) return own;
    const fleet = ownerOf(name);
    return fleet === undefined ? undefined : watchIn(fleet, name);
  };

  return {
    // A name that two fleets have counts twice, until the second fleet is read again.
    get size() {
      return fleets.reduce((sum, { state }) => sum + (state.list?.size ?? 0), fixed.size);
    },
    has: (name) => fixed.has(name) || ownerOf(name) !== undefined,
    get,
    keys,
    isListedSince: (name, since) => {
      if (fixed.has(name)) return true;
      const { readAt, kept } = ownerOf(name)?.state ?? {};
      return readAt !== undefined && readAt > since && kept?.has(name) === false;
    },
    *values() {
      for (const name of keys()) {
        const watch = get(name);
        if (watch !== undefined) yield watch;
      }
    },
  };
}
