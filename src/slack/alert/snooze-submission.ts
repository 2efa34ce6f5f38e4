import { accessProblem } from "../access.ts";
import type { SlackDeps } from "../deps.ts";
import { noticeView } from "../notice-view.ts";
import type { SubmissionRequest } from "../request.ts";
import { privateView, unchangedText } from "./answer-view.ts";
import { readSnooze } from "./read-snooze.ts";

/**
 * The submitted form: field errors, or the alert is snoozed and its message edited. The store comes before the
 * acknowledgement, because only that can still say that the alert ended meanwhile.
 */
export const submitSnooze = async (request: SubmissionRequest, deps: SlackDeps): Promise<void> => {
  const { person, values, metadata, ack } = request;
  const by = person.userId;
  const denied = accessProblem(person, deps);
  if (denied !== undefined || by === undefined)
    return ack({ response_action: "update", view: noticeView(denied ?? "Please try again.") });
  const form = readSnooze(values, deps.now());
  if (!form.ok) return ack({ response_action: "errors", errors: { [form.field]: form.problem } });
  const answer = await deps.alerts.snooze(metadata ?? "", { by, until: form.until, reason: form.reason });
  if (answer.kind !== "done")
    return ack({
      response_action: "update",
      view: privateView(unchangedText(answer, "snooze", by, deps.timezone)),
    });
  await ack();
  await deps.alerts.deliver();
};
