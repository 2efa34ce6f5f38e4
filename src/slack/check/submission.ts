import type { CheckOutcome } from "../../watch/ports.ts";
import { holdDuring, secretsIn } from "../../token/secret/held.ts";
import { fingerprintOf, type Secret } from "../../token/secret/secret.ts";
import { words } from "../../words/words.ts";
import { accessProblem } from "../requests/access.ts";
import type { SlackDeps } from "../requests/deps.ts";
import { noticeView } from "../kit/notice-view.ts";
import type { SubmissionRequest } from "../requests/request.ts";
import { checkingView } from "./checking-view.ts";
import { type TakeTurn, waitSentence } from "./rate-limit.ts";
import { type CheckRequest, readForm } from "./read-form.ts";
import { recordChecks, type RecordedCheck } from "./record-checks.ts";
import { resultMessage, resultView } from "./result-view.ts";
import { showInView } from "../requests/show.ts";

/** Handles the submitted form: field errors, or "Checking…" at once and then the result. */
export async function submitCheck(request: SubmissionRequest, deps: SlackDeps, takeTurn: TakeTurn): Promise<void> {
  const { person, values, ack } = request;
  const showInstead = (sentence: string): Promise<void> =>
    ack({ response_action: "update", view: noticeView(sentence) });
  const refuse = (field: string, problem: string): Promise<void> =>
    ack({ response_action: "errors", errors: { [field]: problem } });

  const denied = accessProblem(person, deps);
  const { userId } = person;
  if (denied !== undefined || userId === undefined) return showInstead(denied ?? problems.tryAgain);
  const form = readForm(values, deps.cards);
  if (!form.ok) return form.field === undefined ? showInstead(form.problem) : refuse(form.field, form.problem);
  const freeInMs = takeTurn(userId, deps.now());
  if (freeInMs !== undefined) return refuse(form.field, waitSentence(freeInMs));

  // Slack's answers may repeat the typed token, so the log hides it meanwhile.
  await holdDuring(secretsIn(form.asked), async () => {
    await ack({ response_action: "update", view: checkingView() });
    const [outcome] = await Promise.all([check(deps, form.asked), deps.wait(SETTLE_MS)]);
    const { secret, removed } = form.asked;
    const result = { outcome, typed: secret !== undefined, removed, now: deps.now(), timezone: deps.timezone };
    await showInView(deps, request, resultView(result), resultMessage(result));
    await recordChecks(deps, userId, [recorded(outcome, secret)]);
  });
}

/**
 * A cached answer would reach Slack together with the acknowledgement. Slack could then draw "Checking…" over the answer
 * and leave it there.
 */
const SETTLE_MS = 300;

const { problems } = words.checkForm;

function recorded({ verdict, watch }: CheckOutcome, secret: Secret | undefined): RecordedCheck {
  const fingerprint = secret === undefined ? (verdict.token?.fingerprint ?? "") : fingerprintOf(secret);
  return { watch, fingerprint, state: verdict.state };
}

function check({ checker }: SlackDeps, { secret, watch, ids }: CheckRequest): Promise<CheckOutcome> {
  if (secret !== undefined) return checker.checkToken(secret, watch, ids);
  if (watch !== undefined) return checker.checkWatch(watch);
  throw new TypeError("a read form names a token or a watch");
}
