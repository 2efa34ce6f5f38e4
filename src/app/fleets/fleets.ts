import type { Logger } from "pino";
import { resolveRemoved } from "../../alert/transition.ts";
import type { Config, Fleet } from "../../config/config.ts";
import type { FleetLines } from "../../config/fleet/fleet-lines.ts";
import type { FleetPlaces } from "../../secrets/fleet/fleet-token.ts";
import type { ReadFleet } from "../../secrets/fleet/read-fleet.ts";
import { redact } from "../../token/secret/shape.ts";
import type { FleetTrouble } from "../../outbox/digest-table.ts";
import { renewedDueAt } from "../../watch/due.ts";
import type { WatchStore } from "../../watch/ports.ts";
import type { Watch } from "../../watch/watch.ts";
import { definitionsOf } from "../watchlist.ts";
import { createFleetBook, type FleetBook } from "./fleet-book.ts";
import type { FleetList } from "./fleet-list.ts";
import { changesOf } from "./list-changes.ts";
import { type ListReading, readList } from "./read-list.ts";
import { keepsLast, knownSize, saveSize } from "./size.ts";

/** The fleets of the watchlist, and all watches. */
export interface Fleets {
  readonly book: FleetBook;
  readonly places: FleetPlaces;
  /**
   * Reads every fleet and saves the changes of its list. A fleet that fails keeps its last known list. Concurrent calls
   * share one reading. Rejects only when this process has run out of a resource.
   * @param accepts the name of a fleet whose list is right although it is smaller
   */
  readonly refresh: (accepts?: string) => Promise<void>;
  /** Uses this store from the next reading on. Without a store, a reading only replaces the lists. */
  readonly attach: (store: FleetStore) => void;
  /** True when the list of every fleet is known and accepted, so that a watch that is in none was removed. */
  readonly areKnown: () => boolean;
  /** The names of watches whose tokens the bot refreshes by itself. */
  readonly unattended: () => Iterable<string>;
  /** The Meta app of a watch; undefined when none is configured. Cheap, also in a fleet of a million. */
  readonly appOf: (name: string) => string | undefined;
  /** The number of watches of a Meta app. A name that two fleets have counts twice, until the second is read again. */
  readonly countOf: (app: string) => number;
  /** The number of watches in each fleet's list; null while it is not known. */
  readonly sizes: () => readonly { readonly fleet: string; readonly watches: number | null }[];
  readonly troubles: () => readonly FleetTrouble[];
  /** Skipped lines of all fleets, for a report. */
  readonly skipped: () => readonly FleetTrouble[];
}

export interface FleetsParts {
  readonly readFleet: ReadFleet;
  /** Called for each variable that holds the token of a line. */
  readonly onVariable: (name: string) => void;
  readonly now: () => Date;
  readonly log: Pick<Logger, "info" | "warn">;
}

type FleetStore = Pick<WatchStore, "sync" | "readDeadline" | "advanceDeadline">;

type Read = Extract<ListReading, { readonly ok: true }>;

interface Held {
  readonly fleet: Fleet;
  readonly lines: FleetLines;
  list: FleetList | undefined;
  readAt: Date | undefined;
  kept: ReadonlySet<string>;
  /** The list is complete and accepted. */
  isKnown: boolean;
  problem: string | undefined;
  skipped: readonly string[];
  skippedCount: number;
}

export function createFleets(config: Config, { readFleet, onVariable, now, log }: FleetsParts): Fleets {
  const all = config.fleets.map((fleet): Held => ({
    fleet,
    lines: fleet.lines,
    list: undefined,
    readAt: undefined,
    kept: NONE,
    isKnown: false,
    problem: undefined,
    skipped: [],
    skippedCount: 0,
  }));
  const fixed = new Set(config.watches.map(({ name }) => name));
  const fixedAppOf = new Map(config.watches.map((watch) => [watch.name, watch.app?.id]));
  const fixedApps = Map.groupBy(config.watches, ({ app }) => app?.id);
  const book = createFleetBook(config.watches, all);
  let store: FleetStore | undefined;
  let running: Promise<void> | undefined;
  let mayFindAgainAt = 0;

  const read = (held: Held): Promise<ListReading> => {
    const before = all.slice(0, all.indexOf(held));
    return readList({
      ...held,
      readFleet,
      onVariable,
      isTaken: (name) => fixed.has(name) || before.some(({ list }) => list?.has(name) === true),
      last: held.list,
    });
  };

  const fail = (held: Held, message: string): void => {
    const kept = held.list === undefined ? NOTHING_KNOWN : `${held.list.size} watches of its last list stay.`;
    const problem = redact(`${message} ${kept}`);
    if (problem !== held.problem) log.warn({ fleet: held.fleet.name }, problem);
    held.problem = problem;
  };

  const reportRead = (held: Held, { list }: Read): void => {
    const { name } = held.fleet;
    if (held.problem !== undefined) log.info({ fleet: name, watches: list.size }, "the fleet is read again");
    held.problem = undefined;
  };

  const reportSkipped = (held: Held, { skipped, skippedCount }: Read): void => {
    const { name } = held.fleet;
    const isNew = skippedCount !== held.skippedCount || skipped.some((line, index) => line !== held.skipped[index]);
    if (skippedCount > 0 && isNew) log.warn({ fleet: name, skipped, skippedCount }, "skipped lines of the fleet");
    held.skipped = skipped;
    held.skippedCount = skippedCount;
  };

  /** Saves what changed since the last list. Only names that left a complete list are removed. */
  const save = async (held: Held, { list }: Read): Promise<void> => {
    if (store === undefined || held.list === undefined) return;
    const { changed, removed } = changesOf(held.list, list);
    const at = now();
    if (changed.length === 0 && removed.size === 0) return;
    const watches = () => watchesOf(changed, list, held.lines);
    await store.sync(definitionsOf(watches, config.app), at, {
      renew: (known, checkedAt) => renewedDueAt(known, checkedAt, at),
      ...(removed.size > 0 && {
        resolveRemoved: (alert) => resolveRemoved(alert, at),
        keeps: (name: string) => !removed.has(name) || isElsewhere(name, held),
      }),
    });
    log.info({ fleet: held.fleet.name, changed: changed.length, removed: removed.size }, "the fleet changed");
  };

  const isElsewhere = (name: string, held: Held): boolean =>
    fixed.has(name) || all.some((other) => other !== held && other.list?.has(name) === true);

  const adopt = async (held: Held, reading: Read, readAt: Date, accepts: boolean): Promise<void> => {
    const { fleet } = held;
    const known = store === undefined ? undefined : await knownSize(store, fleet.name);
    reportSkipped(held, reading);
    if (!accepts && keepsLast(reading.list.size, known)) {
      fail(held, smaller(fleet.name, reading.list.size, known));
      // After a restart, the few watches that it has are better than none.
      held.list ??= reading.list.size === 0 ? undefined : reading.list;
      return;
    }
    await save(held, reading);
    if (store !== undefined && known?.size !== reading.list.size)
      await saveSize(store, fleet.name, known, reading.list.size, now());
    held.list = reading.list;
    held.readAt = readAt;
    held.kept = reading.kept;
    held.isKnown ||= !reading.mayLack;
    reportRead(held, reading);
  };

  const refreshOne = async (held: Held, accepts: boolean): Promise<void> => {
    const readAt = now();
    const reading = await read(held);
    if (!reading.ok) return fail(held, reading.problem);
    try {
      await adopt(held, reading, readAt, accepts);
    } catch (error) {
      fail(held, `The store did not save the list: ${error instanceof Error ? error.message : "it does not answer"}.`);
    }
  };

  const refresh = (accepts?: string): Promise<void> => {
    running ??= (async () => {
      for (const held of all) await refreshOne(held, held.fleet.name === accepts);
    })().finally(() => {
      running = undefined;
    });
    return running;
  };

  /** Thousands of lines may be missing, and each would read the whole file again. */
  const findAgain = async (): Promise<void> => {
    const began = performance.now();
    if (running !== undefined) return running;
    if (began < mayFindAgainAt) return;
    await refresh();
    const ended = performance.now();
    mayFindAgainAt = ended + Math.max(LEAST_GAP_MS, GAP_SHARE * (ended - began));
  };

  const heldOf = (path: string, watch: string): Held | undefined =>
    all.find(({ fleet, list }) => fleet.source.kind === "file" && fleet.source.path === path && list?.has(watch));

  return {
    book,
    places: {
      placeOf: ({ path, watch }) => heldOf(path, watch)?.list?.placeOf(watch),
      findAgain: async ({ path, watch }) => {
        await findAgain();
        return heldOf(path, watch)?.list?.placeOf(watch);
      },
    },
    refresh,
    attach: (opened) => {
      store = opened;
    },
    areKnown: () => all.every(({ isKnown }) => isKnown),
    *unattended() {
      for (const { name, renew } of config.watches) if (renew.beforeMs !== undefined) yield name;
      for (const { list } of all) if (list !== undefined) yield* list.refreshing;
    },
    appOf: (name) => {
      const own = fixedAppOf.has(name)
        ? fixedAppOf.get(name)
        : all.find(({ list }) => list?.has(name) === true)?.list?.appOf(name);
      return own ?? config.app?.id;
    },
    countOf: (app) => {
      const of = (id: string | undefined): number =>
        all.reduce((sum, { list }) => sum + (list?.apps.get(id) ?? 0), fixedApps.get(id)?.length ?? 0);
      return of(app) + (app === config.app?.id ? of(undefined) : 0);
    },
    sizes: () => all.map(({ fleet, list }) => ({ fleet: fleet.name, watches: list?.size ?? null })),
    troubles: () =>
      all.flatMap(({ fleet, problem }) => (problem === undefined ? [] : [{ fleet: fleet.name, message: problem }])),
    skipped: () =>
      all.flatMap(({ fleet, skipped, skippedCount }) =>
        skippedCount === 0 ? [] : [{ fleet: fleet.name, message: skippedText(skipped, skippedCount) }],
      ),
  };
}

/** Lines that moved cause at most one reading a second, and readings during at most a fifth of the time. */
const LEAST_GAP_MS = 1_000;
const GAP_SHARE = 4;

const NONE: ReadonlySet<string> = new Set();

const NOTHING_KNOWN = "Its watches are not known, so the bot does not inspect them.";

function smaller(fleet: string, size: number, known: { readonly size: number } | undefined): string {
  const before = known === undefined ? "" : `, and had ${known.size} before`;
  return `The list has ${size === 0 ? "no watch" : size}${before}. To accept it, run: wa-token round --accept-fleet ${fleet}.`;
}

function skippedText(skipped: readonly string[], count: number): string {
  const more = count - skipped.length;
  return `Skipped ${skipped.join("; ")}${more > 0 ? `; and ${more} more lines` : ""}.`;
}

function* watchesOf(names: Iterable<string>, list: FleetList, lines: FleetLines): Generator<Watch> {
  for (const name of names) {
    const definition = list.definitionOf(name);
    if (definition !== undefined) yield lines.watchOf(definition);
  }
}
