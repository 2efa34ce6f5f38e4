import type { Taken } from "./ledger.ts";
import type { Stored } from "./stored-rows.ts";
import type { Town } from "./town.ts";

/**
 * One sentence for each watch whose message in Slack does not show the current state of its token. A group states the shared
 * problem, so it must name the watch.
 */
export const untruths = (
  { watches, ailing }: Pick<Town, "watches" | "ailing">,
  taken: readonly Taken[],
  last: Stored,
): readonly string[] =>
  watches.flatMap((watch) => {
    const ailment = ailing(watch);
    const [open, ...more] = [...last.alerts.values()].filter((alert) => alert.watch === watch && !alert.resolved);
    if (more.length > 0) return [`${watch} has ${1 + more.length} open alerts`];
    if (ailment === undefined) return open === undefined ? [] : [`${watch} is well, and its alert is open`];
    if (open === undefined) return [`${watch} is ill, and no alert is open`];
    const shownBy = open.group === null ? open.ts : last.groups.get(open.group);
    const standing = taken.findLast(({ ts }) => ts === shownBy)?.text ?? "";
    if (open.group !== null)
      return standing.includes(watch) ? [] : [`${watch}: its group does not name it: ${standing}`];
    return ailment.isIn(standing) ? [] : [`${watch}: its message does not say what it suffers from now: ${standing}`];
  });
