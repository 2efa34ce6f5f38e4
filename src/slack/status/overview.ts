import type { NamedAlerts, RefusedAlerts } from "../../outbox/outbox.ts";
import type { AppPace } from "../../watch/budget/app-pace.ts";
import type { Tally } from "../../watch/ports.ts";
import type { FleetTrouble } from "../../outbox/digest-table.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { RemarkOptions } from "./alert-remarks.ts";

/** The state of all watches and messages together, for status and Home. */
export interface Overview extends RemarkOptions {
  readonly tally: Tally;
  /** The fleets with a problem. Undefined: there is no fleet. */
  readonly fleetTroubles?: readonly FleetTrouble[] | undefined;
  /** What Meta's limits allow for each Meta app, the slowest first. */
  readonly paces: readonly AppPace[];
  /** Open alerts that a channel refused. */
  readonly refused: readonly RefusedAlerts[];
  /** Open alerts that quiet hours hold back; outside them none. */
  readonly held: NamedAlerts;
}

/** With more watches, lists show only the watches that need somebody, a page at a time. */
export const WHOLE_LIST = 500;

export type OverviewDeps = Pick<SlackDeps, "watches" | "outbox" | "fleetTroubles" | "paces" | "now" | "quietUntil">;

export async function readOverview({ watches, outbox, ...deps }: OverviewDeps): Promise<Overview> {
  const now = deps.now();
  const quietUntil = deps.quietUntil(now);
  const [tally, undelivered, refused, held] = await Promise.all([
    watches.tally(),
    outbox.undelivered(),
    outbox.refusedAlerts(MOST_NAMES),
    quietUntil === null ? NONE : outbox.heldAlerts(MOST_NAMES),
  ]);
  const [fleetTroubles, paces] = [deps.fleetTroubles?.(), deps.paces?.() ?? []];
  return { tally, undelivered, refused, held, fleetTroubles, paces, now, quietUntil };
}

/** More names than fit into a line about them. */
const MOST_NAMES = 40;

const NONE: NamedAlerts = { count: 0, watches: [] };
