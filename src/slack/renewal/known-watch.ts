import type { Obstacle } from "../../renewal/renewer.ts";
import { NOT_KNOWN } from "../../renewal/get-ready.ts";
import type { ListedWatch, Renewals, SlackDeps } from "../requests/deps.ts";

/** The watch of a name that came from Slack. Undefined when this bot does not have it. */
export function watchNamed({ cards }: Pick<SlackDeps, "cards">, name: string | undefined): ListedWatch | undefined {
  return name === undefined ? undefined : cards.get(name);
}

/** Why a renewal cannot begin without a watch. While a fleet has a problem, the watch may be in it. */
export function missingIn({ fleetTroubles }: Pick<SlackDeps, "fleetTroubles">): Obstacle {
  const may = (fleetTroubles?.() ?? []).length > 0;
  return may ? NOT_KNOWN : { kind: "unknown_watch" };
}

/** The watch of a renewal's ID that came from Slack, for the audit. Null when the store does not know the ID. */
export async function watchOfRenewal(renewals: Renewals | undefined, id: string): Promise<string | null> {
  return (await renewals?.byId(id))?.watch ?? null;
}
