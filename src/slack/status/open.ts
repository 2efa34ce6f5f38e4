import { isAdmin } from "../renewal/is-admin.ts";
import { accessRefusal } from "../requests/access.ts";
import type { SlackDeps } from "../requests/deps.ts";
import { findWatch, unknownWatchMessage } from "../requests/find-watch.ts";
import type { CommandRequest } from "../requests/request.ts";
import { bookOf } from "../../watch/watch-book.ts";
import { statusMessage } from "./status-view.ts";
import { MOST_HISTORY, watchMessage } from "./watch-view.ts";

/** `/wa-token status [open | name]`. A watch called "open" takes precedence. */
export async function openStatus(request: CommandRequest, name: string | undefined, deps: SlackDeps): Promise<void> {
  const refusal = accessRefusal(request.person, deps);
  if (refusal !== undefined) return request.reply(refusal);
  const { cards, timezone } = deps;
  const [records, undelivered] = await Promise.all([deps.watches(), deps.undelivered()]);
  const now = deps.now();
  const quietUntil = deps.quietUntil(now);
  const common = { cards, undelivered, now, quietUntil, timezone };
  if (name === undefined) return request.reply(statusMessage({ ...common, records, onlyOpen: false }));
  const record = findWatch(bookOf(records), name);
  if (record === undefined && name.toLowerCase() === OPEN)
    return request.reply(statusMessage({ ...common, records, onlyOpen: true }));
  if (record === undefined)
    return request.reply(
      unknownWatchMessage(
        records.map((one) => one.name),
        name,
      ),
    );
  const card = cards.get(record.name);
  // One entry more than the message shows, to learn whether there are older entries.
  const history = await deps.history({ watch: record.name, limit: MOST_HISTORY + 1 });
  return request.reply(watchMessage({ ...common, record, card, history, renews: isAdmin(request.person, deps) }));
}

/** In place of a name: shows only watches with an open alert. */
const OPEN = "open";
