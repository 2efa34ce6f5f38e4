import { hash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";

/**
 * The lines of a fleet, small enough for a million: an index of names, and the definitions in compressed blocks. It
 * holds no token.
 */
export interface FleetList {
  readonly size: number;
  readonly has: (name: string) => boolean;
  readonly names: () => Iterable<string>;
  readonly definitionOf: (name: string) => string | undefined;
  /** Equal for equal definitions. */
  readonly markOf: (name: string) => number | undefined;
  /** The watches whose tokens the bot refreshes by itself. */
  readonly refreshing: Refreshing;
  /** The Meta app of a watch, without a look at its definition. */
  readonly appOf: (name: string) => string | undefined;
  /** The number of watches of each Meta app, by its ID; under undefined those without an app. */
  readonly apps: ReadonlyMap<string | undefined, number>;
  /** The position of its line in the file, in bytes. */
  readonly placeOf: (name: string) => number | undefined;
}

export interface FleetListBuilder extends FleetList {
  /** Adds a line. The name must be new. */
  readonly add: (name: string, line: ListedLine) => void;
}

interface Refreshing {
  readonly has: (name: string) => boolean;
  /** The longest time before the end at which the bot refreshes one of them, in milliseconds. Null: there is none. */
  readonly longestBeforeMs: number | null;
}

interface ListedLine {
  readonly definition: string;
  /** Its position in the file, in bytes. */
  readonly at: number;
  readonly app: string | undefined;
  readonly beforeMs: number | undefined;
}

export function buildFleetList(): FleetListBuilder {
  const positions = new Map<string, number>();
  const blocks: Uint8Array[] = [];
  const marks: number[] = [];
  const places: number[] = [];
  const refreshing = new Set<string>();
  let longestBeforeMs: number | null = null;
  const apps = new Map<string | undefined, number>();
  const appAt: (string | undefined)[] = [];
  let tail: string[] = [];
  let last: { readonly block: number; readonly lines: readonly string[] } | undefined;

  const linesOf = (block: number): readonly string[] => {
    const bytes = blocks[block];
    if (bytes === undefined) return tail;
    if (last?.block !== block) last = { block, lines: inflateRawSync(bytes).toString().split("\n") };
    return last.lines;
  };
  const at = <T>(name: string, list: readonly T[]): T | undefined => {
    const position = positions.get(name);
    return position === undefined ? undefined : list[position];
  };

  return {
    get size() {
      return positions.size;
    },
    has: (name) => positions.has(name),
    names: () => positions.keys(),
    definitionOf: (name) => {
      const position = positions.get(name);
      return position === undefined ? undefined : linesOf(Math.floor(position / IN_BLOCK))[position % IN_BLOCK];
    },
    markOf: (name) => at(name, marks),
    placeOf: (name) => at(name, places),
    refreshing: {
      has: (name) => refreshing.has(name),
      get longestBeforeMs() {
        return longestBeforeMs;
      },
    },
    appOf: (name) => at(name, appAt),
    apps,
    add: (name, { definition, at: place, app, beforeMs }) => {
      positions.set(name, positions.size);
      marks.push(markOf(definition));
      places.push(place);
      apps.set(app, (apps.get(app) ?? 0) + 1);
      appAt.push(app);
      if (beforeMs !== undefined) {
        refreshing.add(name);
        longestBeforeMs = Math.max(beforeMs, longestBeforeMs ?? 0);
      }
      tail.push(definition);
      if (tail.length < IN_BLOCK) return;
      // A copy of its own size, because the result is a part of a much larger buffer that would stay too.
      blocks.push(new Uint8Array(deflateRawSync(tail.join("\n"), { level: FAST })));
      tail = [];
    },
  };
}

/** Neighbouring lines are alike, so they are small together. A look-up expands one block. */
const IN_BLOCK = 64;

const FAST = 1;

/** 48 bits, which a number holds exactly. */
function markOf(definition: string): number {
  return Number.parseInt(hash("sha1", definition, "hex").slice(0, 12), 16);
}
