import type { FleetLines } from "../../config/fleet/fleet-lines.ts";
import type { Watch } from "../../watch/watch.ts";
import { bookOf, type WatchBook } from "../../watch/watch-book.ts";
import type { FleetList } from "./fleet-list.ts";

/** A fleet with its current list. */
export interface ListedFleet {
  readonly lines: FleetLines;
  /** Undefined until the first reading that succeeds. */
  readonly list: FleetList | undefined;
  /** When the reading of this list began. */
  readonly readAt: Date | undefined;
  /** Names that stay in the list only because their lines may be malformed now. */
  readonly kept: ReadonlySet<string>;
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
  const ownerOf = (name: string): ListedFleet | undefined => fleets.find(({ list }) => list?.has(name) === true);

  const watchIn = ({ lines, list }: ListedFleet, name: string): Watch | undefined => {
    const definition = list?.definitionOf(name);
    return definition === undefined ? undefined : lines.watchOf(definition);
  };

  function* keys(): Generator<string> {
    yield* fixed.keys();
    for (const fleet of fleets)
      for (const name of fleet.list?.names() ?? []) if (!fixed.has(name) && ownerOf(name) === fleet) yield name;
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
      return fleets.reduce((sum, { list }) => sum + (list?.size ?? 0), fixed.size);
    },
    has: (name) => fixed.has(name) || ownerOf(name) !== undefined,
    get,
    keys,
    isListedSince: (name, since) => {
      if (fixed.has(name)) return true;
      const { readAt, kept } = ownerOf(name) ?? {};
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
