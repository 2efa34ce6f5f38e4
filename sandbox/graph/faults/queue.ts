import { type GraphRequest, matchesPath, type PathMatcher } from "../request.ts";

/**
 * Items that each apply to the next matching calls. The oldest matching item is used first, so several items form a
 * sequence.
 */
export interface CallQueue<T> {
  /** Returns a function that removes the item. `times` may be Infinity. */
  readonly add: (item: T, path: PathMatcher | undefined, times: number) => () => void;
  readonly take: (request: GraphRequest) => T | undefined;
  readonly clear: () => void;
}

export function createCallQueue<T>(): CallQueue<T> {
  let entries: { readonly item: T; readonly path: PathMatcher | undefined; left: number }[] = [];
  return {
    add: (item, path, times) => {
      const entry = { item, path, left: times };
      entries.push(entry);
      return () => {
        entries = entries.filter((other) => other !== entry);
      };
    },
    take: (request) => {
      const entry = entries.find(({ path }) => matchesPath(path, request));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) entries = entries.filter((other) => other !== entry);
      return entry.item;
    },
    clear: () => {
      entries = [];
    },
  };
}
