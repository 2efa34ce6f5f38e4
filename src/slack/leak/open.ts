import { holdDuring } from "../../token/secret/held.ts";
import { words } from "../../words/words.ts";
import { type TakeTurn, waitSentence } from "../check/rate-limit.ts";
import { recordChecks } from "../check/record-checks.ts";
import { noticeMessage, privateModal } from "../kit/notice-view.ts";
import { accessRefusal } from "../requests/access.ts";
import type { SlackDeps } from "../requests/deps.ts";
import { textOf } from "../requests/payload.ts";
import type { PrivateMessage, ShortcutRequest } from "../requests/request.ts";
import { showInView } from "../requests/show.ts";
import { slackErrorWord } from "../transport/slack-error.ts";
import { examineLeak, type Leak, mayBeChecked, readHolders } from "./examine-leaks.ts";
import { type Candidate, findLeaks } from "./find-leaks.ts";
import { checkingMessageView, leakMessage, leakView } from "./result-view.ts";

/**
 * Handles "Check for a leaked token" in the menu of a message: "Checking…" at once, then the result, for this person
 * only. The bot reads what Slack sent with the shortcut, so it needs no access to the channel.
 */
export async function checkMessage(request: ShortcutRequest, deps: SlackDeps, takeTurn: TakeTurn): Promise<void> {
  const { person, message } = request;
  await request.ack();
  const refusal = accessRefusal(person, deps);
  if (refusal !== undefined || person.userId === undefined) return request.reply(refusal ?? noticeMessage(noMessage));
  if (message === undefined) return request.reply(noticeMessage(noMessage));
  const { userId } = person;
  const viewId = await openChecking(request, deps);
  const show = (view: ReturnType<typeof leakView>, said: PrivateMessage): Promise<void> =>
    viewId === undefined ? request.reply(said) : showInView(deps, { viewId, person }, view, said);

  const { candidates, others } = findLeaks(message);
  // Slack's and Meta's answers may repeat a token, so the log hides all of them meanwhile.
  await holdDuring(
    candidates.flatMap(({ forms }) => forms),
    async () => {
      const holdersOf = await readHolders(deps, candidates);
      const ours = candidates.filter((candidate) => mayBeChecked(candidate, holdersOf));
      const checks = ours.slice(0, MOST_TOKENS);
      const turns = checks.map(() => takeTurn(userId, deps.now()));
      const freeInMs = turns[0];
      if (freeInMs !== undefined) {
        const said = noticeMessage(`${waitSentence(freeInMs)} ${untilThen}`);
        return show(privateModal(said), said);
      }
      const examine = (candidate: Candidate, index: number): Promise<Leak> =>
        examineLeak(candidate, deps, holdersOf, turns[index] === undefined);
      const [leaks] = await Promise.all([Promise.all(checks.map(examine)), deps.wait(SETTLE_MS)]);
      const more = ours.length - checks.length;
      const { cards, timezone, offerRenewal, guide } = deps;
      const result = { leaks, others, more, cards, timezone, offerRenewal, guide, userId };
      await show(leakView(result), leakMessage(result));
      await recordChecks(deps, userId, leaks.flatMap(recorded));
    },
  );
}

const { noMessage, untilThen } = words.leakCheck;

/** More tokens in one message are counted, not checked. */
const MOST_TOKENS = 5;

/** As in the check form: an answer that follows too fast could be drawn below "Checking…". */
const SETTLE_MS = 300;

/** The ID of the opened view; undefined when Slack did not open it, so that the answer is a message. */
async function openChecking({ triggerId }: ShortcutRequest, { people, log }: SlackDeps): Promise<string | undefined> {
  if (triggerId === undefined) return undefined;
  try {
    return textOf(await people.views.open({ trigger_id: triggerId, view: checkingMessageView() }), "view", "id");
  } catch (error) {
    log.warn(
      { error: slackErrorWord(error) },
      "the view for a leaked token could not be opened; answering in a message",
    );
    return undefined;
  }
}

function recorded({ fingerprint, holders, verdict }: Leak) {
  return verdict === undefined ? [] : [{ watch: holders?.[0] ?? null, fingerprint, state: verdict.state }];
}
