import { mayHoldSecret } from "../../token/secret/shape.ts";
import { isAdmin } from "../renewal/is-admin.ts";
import { accessRefusal } from "../requests/access.ts";
import type { SlackDeps } from "../requests/deps.ts";
import { unknownWatchMessage } from "../requests/find-watch.ts";
import { leakMessage } from "../requests/leak-view.ts";
import type { CommandRequest, Person, PrivateMessage } from "../requests/request.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { readOverview } from "./overview.ts";
import { readStatus } from "./read-status.ts";
import { statusMessage } from "./status-view.ts";
import { MOST_HISTORY, watchMessage } from "./watch-view.ts";

/** `/wa-token status [open | name | part of a name]`. A watch called "open" takes precedence. */
export async function openStatus(request: CommandRequest, name: string | undefined, deps: SlackDeps): Promise<void> {
  const refusal = accessRefusal(request.person, deps);
  if (refusal !== undefined) return request.reply(refusal);
  return request.reply(
    name === undefined
      ? statusMessage(await readStatus(deps, { which: "all" }))
      : await namedStatus(name, request, deps),
  );
}

/** One watch, or the watches whose name contains the text, or the open alerts. */
export async function namedStatus(
  name: string,
  { person }: { readonly person: Person },
  deps: SlackDeps,
): Promise<PrivateMessage> {
  if (mayHoldSecret(name)) return leakMessage();
  const record = await findRecord(name, deps);
  if (record !== undefined) return oneStatus(record, person, deps);
  if (name.toLowerCase() === OPEN) return statusMessage(await readStatus(deps, { which: "open" }));
  const found = await readStatus(deps, { which: "all", part: name.slice(0, LONGEST_PART) });
  if (found.total > 1) return statusMessage(found);
  const [only] = found.records;
  if (only !== undefined) return oneStatus(only, person, deps);
  return unknownWatchMessage((await deps.watches.names("", MOST_NAMES)).toSorted(), found.tally.total, name);
}

/** In place of a name: shows only watches with an open alert. */
const OPEN = "open";

/** In characters. The part is in the buttons of the pages. */
const LONGEST_PART = 100;

/** More names than fit into the answer. */
const MOST_NAMES = 200;

/** Case does not matter, because phones capitalise the first letter. */
async function findRecord(name: string, { watches }: SlackDeps): Promise<WatchRecord | undefined> {
  const exact = await watches.find(name);
  if (exact !== undefined) return exact;
  const [closest] = await watches.names(name, 1);
  return closest?.toLowerCase() === name.toLowerCase() ? watches.find(closest) : undefined;
}

async function oneStatus(record: WatchRecord, person: Person, deps: SlackDeps): Promise<PrivateMessage> {
  // One entry more than the message shows, to learn whether there are older entries.
  const history = await deps.history({ watch: record.name, limit: MOST_HISTORY + 1 });
  return watchMessage({
    ...(await readOverview(deps)),
    timezone: deps.timezone,
    record,
    card: deps.cards.get(record.name),
    history,
    renews: isAdmin(person, deps),
  });
}
