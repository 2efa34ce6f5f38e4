import type { SlackDeps } from "../requests/deps.ts";
import { readOverview, WHOLE_LIST } from "./overview.ts";
import type { StatusQuery } from "./query.ts";
import type { StatusOptions } from "./status-view.ts";

/**
 * Reads the watches of a list: a short list as a whole, or one page of a long one. A long list of all watches leaves out
 * those that need nobody.
 */
export async function readStatus(deps: SlackDeps, query: StatusQuery): Promise<StatusOptions> {
  const { cards, timezone, watches } = deps;
  const { which, part, after } = query;
  const overview = await readOverview(deps);
  const scope = part === undefined ? overview.tally : await watches.tally(part);
  const total = which === "open" ? scope.open : part === undefined ? scope.attention : scope.total;
  const isWhole = scope.total <= WHOLE_LIST;
  const page = isWhole
    ? await watches.worst({ which, part, limit: WHOLE_LIST })
    : await watches.worst({
        which: which === "all" && part === undefined ? "attention" : which,
        part,
        after,
        limit: PAGE,
      });
  return { ...overview, ...page, query, total, isWhole, cards, timezone };
}

/** The watches on one page of a long list. */
const PAGE = 20;
