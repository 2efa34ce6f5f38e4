import type { RenewalAction, RenewalEntry } from "../../../renewal/audit.ts";
import type { Renewal } from "../../../renewal/renewal.ts";
import { renewalLine } from "../../../words/renewal/renewal-line.ts";
import { callsTo } from "../../kit/mention.ts";
import { inSlack } from "../../kit/spans.ts";

/**
 * One line in the thread of a renewal. A wait of a day mentions the owner and the person who started.
 * @param renewal the renewal as it is now; null when the store no longer has it
 * @param inTerminal the actions that are possible only in a terminal
 */
export function renewalReply(
  entry: RenewalEntry,
  renewal: Renewal | null,
  offered: readonly RenewalAction[],
  timezone: string,
  inTerminal: readonly RenewalAction[] = [],
): string {
  const calls = entry.event.kind === "waits_a_day" && renewal !== null ? callsTo(peopleOf(renewal)) : "";
  return `${calls}${inSlack(timezone)(renewalLine(entry, renewal, offered, inTerminal))}`;
}

function peopleOf({ card, startedBy }: Renewal): readonly (string | undefined)[] {
  return [card.owner, startedBy.kind === "slack" ? startedBy.user : undefined];
}
