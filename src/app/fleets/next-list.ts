import { fleetWords } from "./fleet-words.ts";
import type { FleetList } from "./fleet-list.ts";
import type { ListReading } from "./read-list.ts";
import { keepsLast } from "./size.ts";

/** What a program knows about a fleet. */
export interface FleetState {
  readonly list: FleetList | undefined;
  /** False while the list has only some watches of a list that was not accepted. */
  readonly isAccepted: boolean;
  /** An accepted list lacked no watch, so that a watch that is in no list was removed. */
  readonly isKnown: boolean;
  /** When the reading of this list began. Undefined for a list that was not accepted. */
  readonly readAt: Date | undefined;
  /** Names that stay in the list only because their lines may be malformed now. */
  readonly kept: ReadonlySet<string>;
  /** Whole sentences. `isRefused`: the last reading failed or was not accepted. */
  readonly problem: { readonly text: string; readonly isRefused: boolean } | undefined;
}

export const UNREAD: FleetState = {
  list: undefined,
  isAccepted: false,
  isKnown: false,
  readAt: undefined,
  kept: new Set(),
  problem: { text: fleetWords.reading, isRefused: true },
};

export interface NewReading {
  readonly fleet: string;
  readonly reading: ListReading;
  readonly readAt: Date;
  /** The number of watches in the last accepted list. Undefined: none was accepted, or there is no store. */
  readonly knownSize: number | undefined;
  /** A person said that a smaller list is right. */
  readonly accepts: boolean;
  /** The program removes watches from the store. */
  readonly removes: boolean;
}

/** The state of a fleet after a reading. Decides which list counts, and then what to say about it. Pure. */
export function nextState(last: FleetState, given: NewReading): FleetState {
  const { fleet, reading, readAt, knownSize, accepts, removes } = given;
  if (!reading.ok) return withProblem(last, [reading.problem], knownSize);
  const malformed = fleetWords.malformed(reading.malformedCount, reading.firstMalformed);
  if (!accepts && keepsLast(reading.valid, knownSize)) {
    const list = last.isAccepted ? last.list : larger(last.list, reading.list);
    return withProblem({ ...last, list }, [fleetWords.smaller(fleet, reading.valid, knownSize), malformed], knownSize);
  }
  const { list, kept, mayLack } = reading;
  const isKnown = last.isKnown || !mayLack;
  const keeps = kept.size > 0 || (removes && !isKnown);
  const problem = keeps ? { text: `${malformed} ${fleetWords.keeps(kept.size)}`, isRefused: false } : undefined;
  return { list, isAccepted: true, isKnown, readAt, kept, problem };
}

/** The state after a reading that does not count. */
export function withProblem(state: FleetState, problems: readonly string[], knownSize: number | undefined): FleetState {
  const { list, isAccepted } = state;
  const inspects = fleetWords.inspects({ size: list?.size, isAccepted }, knownSize);
  const text = [...problems, inspects].filter((sentence) => sentence !== "").join(" ");
  return { ...state, problem: { text, isRefused: true } };
}

/** After a restart, the few watches of a list that is not accepted are better than none. */
function larger(last: FleetList | undefined, list: FleetList): FleetList | undefined {
  return list.size > (last?.size ?? 0) ? list : last;
}
