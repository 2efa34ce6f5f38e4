import type { DeliverySummary } from "../outbox/deliver.ts";
import type { RoundSummary } from "../watch/round.ts";
import { counted } from "../words/values.ts";

export interface Done {
  readonly round: RoundSummary;
  /** Undefined: the round left its messages to a running bot. */
  readonly delivery: DeliverySummary | undefined;
}

/** One line, for example "3 watches checked: 2 healthy, 1 expiring; alerts: 1 first; sent to Slack: 1 post". */
export function roundText({ round, delivery }: Done): string {
  const { checked, outcomes, changes, responded } = round;
  const parts = [
    ["alerts", counts(changes)],
    ["evaluated again after a response", amounts([[responded, "watch", "watches"]])],
    [
      "sent to Slack",
      amounts([
        [delivery?.posts ?? 0, "post"],
        [delivery?.edits ?? 0, "edit"],
        [delivery?.replies ?? 0, "reply", "replies"],
      ]),
    ],
    [
      "failed, see the log",
      amounts([
        [round.failed, "check"],
        [delivery?.failed ?? 0, "delivery", "deliveries"],
      ]),
    ],
  ].flatMap(([what, text]) => (text === "" ? [] : [`${what}: ${text}`]));
  const found = counts(outcomes);
  return [`${counted(checked, "watch", "watches")} checked${found === "" ? "" : `: ${found}`}`, ...parts].join("; ");
}

type Amount = readonly [count: number, one: string, many?: string];

function amounts(list: readonly Amount[]): string {
  return list
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => counted(count, one, many))
    .join(", ");
}

/** "2 healthy, 1 expiring": states and reasons have no plural. */
function counts(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count} ${word.replaceAll("_", " ")}`)
    .join(", ");
}
