import type { Claim, ClaimDueOptions, WatchStore } from "../ports.ts";
import type { Names } from "../watch-book.ts";
import type { Gate } from "./gate.ts";

export interface ClaimWithinDeps {
  readonly store: Pick<WatchStore, "claimDue">;
  readonly limited: Gate["limited"];
  /** Begins the check of a claimed watch at its app. */
  readonly begin: (watch: string, app: string) => void;
  /** The Meta app of a watch; undefined when none is configured. */
  readonly appOf: (watch: string) => string | undefined;
  /** True when each of these apps together has every watch, so that no watch of another app can be due. */
  readonly areAll: (apps: ReadonlyMap<string, number>) => boolean;
}

/**
 * Claims urgent watches first, and only as many watches of each Meta app as its limit allows now. The others stay due.
 * When the store fails after some claims, these are returned, and the next call throws the error. The caller must end
 * each check.
 */
export function claimWithin({ store, limited, begin, appOf, areAll }: ClaimWithinDeps): WatchStore["claimDue"] {
  let failed: unknown;
  return async (options) => {
    if (failed !== undefined) {
      const error = failed;
      failed = undefined;
      throw error;
    }
    const rooms = limited(options.limit);
    const claims: Claim[] = [];
    const claim = async (more: Partial<ClaimDueOptions>, isIn: (app: string | undefined) => boolean, most: number) => {
      const limit = Math.min(most, options.limit - claims.length);
      if (limit <= 0) return 0;
      const taken = await store.claimDue({ ...options, ...more, names: onlyOf(options.names, appOf, isIn), limit });
      for (const { watch } of taken) {
        const app = appOf(watch);
        if (app !== undefined) begin(watch, app);
      }
      claims.push(...taken);
      return taken.length;
    };
    try {
      const urgentFirst = async (isIn: (app: string | undefined) => boolean, most: number) => {
        const urgent = await claim({ onlyUrgent: true }, isIn, most);
        await claim({}, isIn, most - urgent);
      };
      if (!areAll(rooms)) await urgentFirst((app) => app === undefined || !rooms.has(app), options.limit);
      for (const [slow, room] of rooms) await urgentFirst((app) => app === slow, room);
    } catch (error) {
      if (claims.length === 0) throw error;
      failed = error;
    }
    return claims;
  };
}

function onlyOf(
  names: ClaimDueOptions["names"],
  appOf: ClaimWithinDeps["appOf"],
  isIn: (app: string | undefined) => boolean,
): Names {
  const all = "has" in names ? names : new Set(names);
  return { size: all.size, has: (name) => all.has(name) && isIn(appOf(name)) };
}
