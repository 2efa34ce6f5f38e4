import type { Logger } from "pino";
import type { Alert } from "../../alert/alert.ts";
import { resolveRemoved } from "../../alert/transition.ts";
import type { Config, Fleet } from "../../config/config.ts";
import type { FleetLines } from "../../config/fleet/fleet-lines.ts";
import type { FleetPlaces } from "../../secrets/fleet/fleet-token.ts";
import type { ReadFleet } from "../../secrets/fleet/read-fleet.ts";
import { redact } from "../../token/secret/shape.ts";
import type { FleetTrouble } from "../../outbox/digest-table.ts";
import { renewedDueAt } from "../../watch/due.ts";
import type { SyncRules, WatchStore } from "../../watch/ports.ts";
import type { Watch } from "../../watch/watch.ts";
import { definitionsOf } from "../watchlist.ts";
import { createFleetBook, type FleetBook } from "./fleet-book.ts";
import type { FleetList } from "./fleet-list.ts";
import { fleetWords } from "./fleet-words.ts";
import { changesOf } from "./list-changes.ts";
import { type FleetState, nextState, UNREAD, withProblem } from "./next-list.ts";
import { type ListReading, readList } from "./read-list.ts";
import { type KnownSize, knownSize, saveSize } from "./size.ts";

/** The fleets of the watchlist, and all watches. */
export interface Fleets {
  readonly book: FleetBook;
  readonly places: FleetPlaces;
  /**
   * Reads every fleet, and then saves the changes of all lists. A fleet that fails keeps its last known list. Concurrent
   * calls share one reading. Rejects only when this process has run out of a resource.
   * @param accepts the name of a fleet whose list is right although it is smaller
   */
  readonly refresh: (accepts?: string) => Promise<void>;
  /**
   * Uses this store from the next reading on. Without a store, a reading only replaces the lists.
   * @param removes true for a bot: it removes watches that left the watchlist and its fleets. A single round never does
   */
  readonly attach: (store: FleetStore, options: { readonly removes: boolean }) => void;
  /** True when a reading of every fleet has ended, well or not. */
  readonly wereRead: () => boolean;
  /** True when the list of every fleet is known, so that a watch that is in none was removed. */
  readonly areKnown: () => boolean;
  /**
   * The watches whose tokens the bot refreshes by itself, and the longest time before the end at which it does. Null:
   * there is none.
   */
  readonly unattended: () => { readonly has: (name: string) => boolean; readonly longestBeforeMs: number | null };
  /** The Meta app of a watch; undefined when none is configured. Cheap, also in a fleet of a million. */
  readonly appOf: (name: string) => string | undefined;
  /** The number of watches of a Meta app. A name that two fleets have counts twice, until the second is read again. */
  readonly countOf: (app: string) => number;
  /** The number of watches in each fleet's list; null while it is not known. */
  readonly sizes: () => readonly { readonly fleet: string; readonly watches: number | null }[];
  /** Fleets whose list could not be read or accepted, or keeps watches because of malformed lines. */
  readonly troubles: () => readonly FleetTrouble[];
  /** Those whose list could not be read or accepted. */
  readonly refusals: () => readonly FleetTrouble[];
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

export type FleetStore = Pick<WatchStore, "sync" | "readDeadline" | "advanceDeadline">;

interface Held {
  readonly fleet: Fleet;
  readonly lines: FleetLines;
  state: FleetState;
  /** The last list that was read, also when it was not accepted. It has the newest places. */
  latest: FleetList | undefined;
  skipped: readonly string[];
  skippedCount: number;
}

/** A fleet after a reading, before it is saved. */
interface Next {
  readonly held: Held;
  readonly state: FleetState;
  readonly known: KnownSize | undefined;
  /** Undefined: the size in the store stays. */
  readonly size: number | undefined;
}

export function createFleets(config: Config, { readFleet, onVariable, now, log }: FleetsParts): Fleets {
  const all = config.fleets.map((fleet): Held => ({
    fleet,
    lines: fleet.lines,
    state: UNREAD,
    latest: undefined,
    skipped: [],
    skippedCount: 0,
  }));
  const fixed = new Set(config.watches.map(({ name }) => name));
  const fixedBefore = new Map(
    config.watches.flatMap(({ name, renew }) =>
      renew.beforeMs === undefined ? [] : [[name, renew.beforeMs] as const],
    ),
  );
  const fixedAppOf = new Map(config.watches.map((watch) => [watch.name, watch.app?.id]));
  const fixedApps = Map.groupBy(config.watches, ({ app }) => app?.id);
  const book = createFleetBook(config.watches, all);
  let store: FleetStore | undefined;
  let removes = false;
  let hasSwept = false;
  let running: Promise<void> | undefined;
  let mayFindAgainAt = 0;

  const isIn = (fleets: readonly { readonly state: FleetState }[], name: string): boolean =>
    fixed.has(name) || fleets.some(({ state }) => state.list?.has(name) === true);

  const reportSkipped = (held: Held, { skipped, skippedCount }: Extract<ListReading, { ok: true }>): void => {
    const { name } = held.fleet;
    const isNew = skippedCount !== held.skippedCount || skipped.some((line, index) => line !== held.skipped[index]);
    if (skippedCount > 0 && isNew) log.warn({ fleet: name, skipped, skippedCount }, "skipped lines of the fleet");
    held.skipped = skipped;
    held.skippedCount = skippedCount;
  };

  /** Reads one fleet. A name of a fleet before it does not count. */
  const readNext = async (held: Held, before: readonly Next[], accepts: boolean): Promise<Next> => {
    const { fleet, lines, state } = held;
    const readAt = now();
    const isTaken = (name: string): boolean => isIn(before, name);
    const reading = await readList({ fleet, lines, readFleet, onVariable, isTaken, last: state.list });
    if (reading.ok) {
      held.latest = reading.list;
      reportSkipped(held, reading);
    }
    try {
      const known = store === undefined ? undefined : await knownSize(store, fleet.name);
      const given = { fleet: fleet.name, reading, readAt, knownSize: known?.size, accepts, removes };
      const next = nextState(state, given);
      if (!reading.ok || next.problem?.isRefused === true) return { held, state: next, known, size: undefined };
      // A list with malformed lines may be larger than it looks.
      const least = reading.malformedCount > 0 && !accepts ? (known?.size ?? 0) : 0;
      return { held, state: next, known, size: Math.max(reading.valid, least) };
    } catch (error) {
      const problem = reading.ok ? fleetWords.notSaved(error) : reading.problem;
      return { held, state: withProblem(state, [problem], undefined), known: undefined, size: undefined };
    }
  };

  /**
   * Saves what changed since the last lists. All fleets are saved together, because a name may move from one to another.
   * A watch is removed only when every list is known. The first time, this includes the watches that left earlier.
   */
  const save = async (nexts: readonly Next[], saving: FleetStore): Promise<void> => {
    const changes = nexts.map((next) => ({ ...next, ...changesOf(next.held.state.list, next.state.list) }));
    const sweeps = removes && !hasSwept && nexts.every(({ state }) => state.isKnown);
    const left = hasSwept ? changes.flatMap((change) => change.removed.filter((name) => !isIn(nexts, name))) : [];
    const removed = new Set(left);
    const at = now();
    const removing = {
      resolveRemoved: (alert: Alert) => resolveRemoved(alert, at),
      keeps: (name: string) => (sweeps ? isIn(nexts, name) : !removed.has(name)),
    };
    const rules: SyncRules = {
      renew: (known, checkedAt) => renewedDueAt(known, checkedAt, at),
      ...(sweeps || removed.size > 0 ? removing : {}),
    };
    if (sweeps || removed.size > 0 || changes.some(({ changed }) => changed.length > 0)) {
      const definitions = definitionsOf(() => watchesOf(changes), config.app);
      await saving.sync(definitions, at, rules);
    }
    hasSwept ||= sweeps;
    for (const { held, known, size } of nexts)
      if (size !== undefined && size !== known?.size) await saveSize(saving, held.fleet.name, known, size, at);
    for (const { held, ...change } of changes)
      if (held.state.list !== undefined && change.changed.length + change.removed.length > 0)
        log.info(
          { fleet: held.fleet.name, changed: change.changed.length, removed: change.removed.length },
          "the fleet changed",
        );
  };

  const adopt = ({ held, state }: Pick<Next, "held" | "state">): void => {
    const { fleet, state: last } = held;
    const [before, text] = [last.problem?.text, state.problem?.text];
    if (text !== undefined && text !== before) log.warn({ fleet: fleet.name }, redact(text));
    if (text === undefined && before !== undefined && last !== UNREAD)
      log.info({ fleet: fleet.name, watches: state.list?.size }, "the fleet is read again");
    held.state = state;
  };

  const refreshAll = async (accepts: string | undefined): Promise<void> => {
    const nexts: Next[] = [];
    for (const held of all) nexts.push(await readNext(held, nexts, held.fleet.name === accepts));
    try {
      if (store !== undefined) await save(nexts, store);
      nexts.forEach(adopt);
    } catch (error) {
      for (const { held, state, known } of nexts)
        adopt({
          held,
          state:
            state.problem?.isRefused === true
              ? { ...held.state, problem: state.problem }
              : withProblem(held.state, [fleetWords.notSaved(error)], known?.size),
        });
    }
  };

  const refresh = (accepts?: string): Promise<void> => {
    if (all.length === 0) return Promise.resolve();
    running ??= refreshAll(accepts).finally(() => {
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
    all.find(
      ({ fleet, state }) => fleet.source.kind === "file" && fleet.source.path === path && state.list?.has(watch),
    );

  const placeOf: FleetPlaces["placeOf"] = ({ path, watch }) => {
    const held = heldOf(path, watch);
    return held?.latest?.placeOf(watch) ?? held?.state.list?.placeOf(watch);
  };

  const troublesWhere = (isWanted: (problem: FleetProblem) => boolean): readonly FleetTrouble[] =>
    all.flatMap(({ fleet, state: { problem } }) =>
      problem !== undefined && isWanted(problem) ? [{ fleet: fleet.name, message: redact(problem.text) }] : [],
    );

  return {
    book,
    places: {
      placeOf,
      findAgain: async (source) => {
        await findAgain();
        return placeOf(source);
      },
    },
    refresh,
    attach: (opened, options) => {
      store = opened;
      ({ removes } = options);
    },
    wereRead: () => all.every(({ state }) => state !== UNREAD),
    areKnown: () => all.every(({ state }) => state.isKnown),
    unattended: () => {
      const lists = all.flatMap(({ state }) => state.list?.refreshing ?? []);
      const longest = Math.max(...fixedBefore.values(), ...lists.flatMap((list) => list.longestBeforeMs ?? []));
      return {
        has: (name) => fixedBefore.has(name) || lists.some((list) => list.has(name)),
        longestBeforeMs: Number.isFinite(longest) ? longest : null,
      };
    },
    appOf: (name) => {
      const own = fixedAppOf.has(name)
        ? fixedAppOf.get(name)
        : all.find(({ state }) => state.list?.has(name) === true)?.state.list?.appOf(name);
      return own ?? config.app?.id;
    },
    countOf: (app) => {
      const of = (id: string | undefined): number =>
        all.reduce((sum, { state }) => sum + (state.list?.apps.get(id) ?? 0), fixedApps.get(id)?.length ?? 0);
      return of(app) + (app === config.app?.id ? of(undefined) : 0);
    },
    sizes: () => all.map(({ fleet, state }) => ({ fleet: fleet.name, watches: state.list?.size ?? null })),
    troubles: () => troublesWhere(() => true),
    refusals: () => troublesWhere(({ isRefused }) => isRefused),
    skipped: () =>
      all.flatMap(({ fleet, skipped, skippedCount }) =>
        skippedCount === 0 ? [] : [{ fleet: fleet.name, message: fleetWords.skipped(skipped, skippedCount) }],
      ),
  };
}

type FleetProblem = NonNullable<FleetState["problem"]>;

/** Lines that moved cause at most one reading a second, and readings during at most a fifth of the time. */
const LEAST_GAP_MS = 1_000;
const GAP_SHARE = 4;

function* watchesOf(changes: readonly (Next & { readonly changed: readonly string[] })[]): Generator<Watch> {
  for (const { held, state, changed } of changes)
    for (const name of changed) {
      const definition = state.list?.definitionOf(name);
      if (definition !== undefined) yield held.lines.watchOf(definition);
    }
}
