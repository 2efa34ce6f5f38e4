import type { Spans } from "../../../guide/rich-text.ts";
import type { Verdict } from "../../../token/verdict.ts";
import type { WatchRecord } from "../../../watch/ports.ts";
import { named } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import type { RecheckOutcome, SlackDeps } from "../../requests/deps.ts";
import type { ActionRequest } from "../../requests/request.ts";
import { asAllowed } from "./actions.ts";
import { privateText, unchangedText } from "./unchanged-view.ts";
import type { TakeWatchTurn } from "./check-pause.ts";
import { checkedText } from "./checked-view.ts";

/** The verdict of a check: null when Meta did not answer, undefined when no check ran. */
export function foundBy(outcome: RecheckOutcome, record: WatchRecord | undefined): Verdict | null | undefined {
  if (outcome !== "checked" || record === undefined) return undefined;
  return record.state.failing === null ? record.state.verdict : null;
}

/**
 * "Check now" checks the watch as a round does, so the alert follows the result. The thread names the person who
 * pressed. The private answer never replaces the alert, because everyone in the channel reads it.
 */
export function checkNow(request: ActionRequest, deps: SlackDeps, takeTurn: TakeWatchTurn): Promise<void> {
  return asAllowed(request, deps, async ({ target }, by) => {
    const { alerts, cards, timezone } = deps;
    const { pressReplies } = words;
    const say = (text: Spans): Promise<void> => request.reply(privateText(text, timezone));
    const found = await alerts.find(target);
    const [alert] = found?.alerts ?? [];
    if (alert === undefined || alert.resolvedAt !== null) return say(unchangedText({ target, found }, "check", by));
    const { name } = alert.card;
    const shown = named(name);
    if (!cards.has(name)) return say(pressReplies.notInWatchlistOne(shown));
    const freeInMs = takeTurn(name, deps.now());
    if (freeInMs !== undefined) {
      return say(pressReplies.checkedMomentAgo(shown, Math.max(1, Math.ceil(freeInMs / 1_000))));
    }
    await say(pressReplies.checkingOne(shown));
    const outcome = await deps.recheck(name);
    const record = await deps.watches.find(name);
    const verdict = foundBy(outcome, record);
    // Also without a verdict, because the alert may have changed. The shared message is updated before the private
    // answer.
    const verdicts = new Map(verdict === undefined ? [] : [[alert.id, verdict]]);
    await alerts.respond(target, by, { kind: "checked", found: verdicts });
    return say(checkedText(name, outcome, record));
  });
}
