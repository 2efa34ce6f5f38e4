import type { ListedWatch, Renewals, SlackDeps } from "../requests/deps.ts";

/** The watch of a name that came from Slack. Undefined when this bot does not have it. */
export function watchNamed({ cards }: Pick<SlackDeps, "cards">, name: string | undefined): ListedWatch | undefined {
  return name === undefined ? undefined : cards.get(name);
}

/** The watch of a renewal's ID that came from Slack, for the audit. Null when the store does not know the ID. */
export async function watchOfRenewal(renewals: Renewals | undefined, id: string): Promise<string | null> {
  return (await renewals?.byId(id))?.watch ?? null;
}
