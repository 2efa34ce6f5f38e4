import { accessRefusal } from "../access.ts";
import type { SlackDeps } from "../deps.ts";
import { findWatch, unknownWatchMessage } from "../find-watch.ts";
import type { CommandRequest } from "../request.ts";
import { statusMessage } from "./status-view.ts";
import { watchMessage } from "./watch-view.ts";

/** How far back one watch's history is told. */
const HISTORY = 10;

/** `/wa-token status [name]`. */
export const openStatus = async (request: CommandRequest, name: string | undefined, deps: SlackDeps): Promise<void> => {
  const refusal = accessRefusal(request.person, deps);
  if (refusal !== undefined) return request.reply(refusal);
  const { cards, timezone } = deps;
  const records = await deps.watches();
  const now = deps.now();
  const quietUntil = deps.quietUntil(now);
  if (name === undefined) return request.reply(statusMessage({ records, cards, now, quietUntil, timezone }));
  const record = findWatch(records, name);
  if (record === undefined)
    return request.reply(
      unknownWatchMessage(
        records.map((one) => one.name),
        name,
      ),
    );
  const card = cards.find((one) => one.name === record.name);
  const history = await deps.history({ watch: record.name, limit: HISTORY });
  return request.reply(watchMessage({ record, card, history, now, quietUntil, timezone }));
};
