import type { Spans } from "../../../guide/rich-text.ts";
import type { Verdict } from "../../../token/verdict.ts";
import type { Alert } from "../../../alert/alert.ts";
import type { Target } from "../../../watch/ports.ts";
import { words } from "../../../words/words.ts";
import type { RecheckOutcome, SlackDeps } from "../../requests/deps.ts";
import type { ActionRequest } from "../../requests/request.ts";
import { asAllowed } from "./actions.ts";
import { privateText, unchangedText } from "./unchanged-view.ts";
import { foundBy } from "./check-now.ts";
import type { TakeWatchTurn } from "./check-pause.ts";
import { checkedAllText } from "./checked-all-view.ts";
import { alertsWorstFirst } from "../../../words/worst-first.ts";

/**
 * "Check all now" checks up to twenty tokens of a message, as a round does. Each message runs one such check at a time.
 * Each token is checked at most once within the pause of "Check now".
 */
export function createCheckAll(takeTurn: TakeWatchTurn): (request: ActionRequest, deps: SlackDeps) => Promise<void> {
  const running = new Set<string>();

  const checkAll = async (request: ActionRequest, deps: SlackDeps, target: Target, by: string): Promise<void> => {
    const { alerts, cards, now, timezone } = deps;
    const { pressReplies } = words;
    const say = (text: Spans): Promise<void> => request.reply(privateText(text, timezone));
    const found = await alerts.find(target);
    if (found === undefined || found.alerts.length === 0) return say(unchangedText({ target, found }, "check", by));
    const known = found.alerts.filter(({ card }) => cards.has(card.name));
    if (known.length === 0) return say(pressReplies.notInWatchlist);
    const taken = takeTurns(known, now(), takeTurn);
    if (taken.length === 0) return say(pressReplies.checkedJustNow);
    await say(pressReplies.checking(taken.length, known.length));
    const verdicts = await checkEach(taken, deps);
    await alerts.respond(target, by, { kind: "checked", found: verdicts });
    const results = [...verdicts.values()];
    const unanswered = results.filter((verdict) => verdict === null).length;
    const healthy = results.filter((verdict) => verdict?.state === "healthy").length;
    const broken = results.length - unanswered - healthy;
    const skipped = taken.length - results.length;
    return say(checkedAllText({ of: known.length, healthy, broken, unanswered, skipped }));
  };

  return (request, deps) =>
    asAllowed(request, deps, async ({ target }, by) => {
      const { id } = target;
      if (running.has(id)) return request.reply(privateText(words.pressReplies.checkRuns, deps.timezone));
      running.add(id);
      try {
        return await checkAll(request, deps, target, by);
      } finally {
        running.delete(id);
      }
    });
}

/** The most checks for one press. They run one after the other, because Meta counts the calls, and a person waits. */
const MOST = 20;

function lastCheckMs({ checked }: Alert): number {
  return checked?.at.getTime() ?? 0;
}

/**
 * Takes a turn for each alert that may be checked now. Least recently checked first, so that another press checks the
 * rest.
 */
function takeTurns(alerts: readonly Alert[], now: Date, takeTurn: TakeWatchTurn): readonly Alert[] {
  const taken: Alert[] = [];
  for (const alert of alertsWorstFirst(alerts).toSorted((a, b) => lastCheckMs(a) - lastCheckMs(b))) {
    if (taken.length === MOST) break;
    if (takeTurn(alert.card.name, now) === undefined) taken.push(alert);
  }
  return taken;
}

/**
 * Checks the alerts one after the other. The result is null when Meta did not answer, and missing when no check ran.
 */
async function checkEach(
  alerts: readonly Alert[],
  { recheck, watches }: SlackDeps,
): Promise<ReadonlyMap<string, Verdict | null>> {
  const outcomes = new Map<Alert, RecheckOutcome>();
  for (const alert of alerts) outcomes.set(alert, await recheck(alert.card.name));
  const found = await Promise.all(
    [...outcomes].map(async ([{ id, card }, outcome]) => ({
      id,
      verdict: foundBy(outcome, await watches.find(card.name)),
    })),
  );
  return new Map(found.flatMap(({ id, verdict }) => (verdict === undefined ? [] : [[id, verdict]])));
}
