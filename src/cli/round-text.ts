import type { DeliverySummary } from "../outbox/deliver.ts";
import type { RoundSummary } from "../watch/round.ts";

export interface Done {
  readonly round: RoundSummary;
  /** Undefined: the round left its messages to a running bot. */
  readonly delivery: DeliverySummary | undefined;
}

/** One line, for example "3 watches checked: 2 healthy, 1 expiring; alerts: 1 first; sent to Slack: 1 posts". */
export function roundText({ round, delivery }: Done): string {
  const { checked, outcomes, changes, responded } = round;
  const { failed: deliveries = 0, ...sent }: Partial<DeliverySummary> = delivery ?? {};
  const parts = [
    ["alerts", counts(changes)],
    ["evaluated again after a response", counts({ watches: responded })],
    ["sent to Slack", counts(sent)],
    ["failed, see the log", counts({ checks: round.failed, deliveries })],
  ].flatMap(([what, text]) => (text === "" ? [] : [`${what}: ${text}`]));
  const found = counts(outcomes);
  return [
    `${checked === 1 ? "1 watch" : `${checked} watches`} checked${found === "" ? "" : `: ${found}`}`,
    ...parts,
  ].join("; ");
}

function counts(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count} ${word.replaceAll("_", " ")}`)
    .join(", ");
}
