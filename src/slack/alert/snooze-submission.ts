import type { Snooze } from "../../watch/alert.ts";
import { accessProblem } from "../access.ts";
import type { SlackDeps } from "../deps.ts";
import { noticeView } from "../notice-view.ts";
import type { SubmissionRequest } from "../request.ts";
import { privateView, unchangedText } from "./answer-view.ts";
import { readSnooze } from "./read-snooze.ts";

/** Snoozes what has this id; gives the text (mrkdwn) that says why nothing was changed, undefined when it is done. */
type SnoozeBy = (
  deps: SlackDeps,
  id: string,
  asked: Pick<Snooze, "by" | "until" | "reason">,
) => Promise<string | undefined>;

/**
 * The submitted form: field errors, or it is snoozed and the message edited. The store comes before the acknowledgement,
 * because only that can still say that the alert ended meanwhile.
 */
export const submitting =
  (snoozeBy: SnoozeBy) =>
  async (request: SubmissionRequest, deps: SlackDeps): Promise<void> => {
    const { person, values, metadata, ack } = request;
    const by = person.userId;
    const denied = accessProblem(person, deps);
    if (denied !== undefined || by === undefined)
      return ack({ response_action: "update", view: noticeView(denied ?? "Please try again.") });
    const form = readSnooze(values, deps.now());
    if (!form.ok) return ack({ response_action: "errors", errors: { [form.field]: form.problem } });
    const unchanged = await snoozeBy(deps, metadata ?? "", { by, until: form.until, reason: form.reason });
    if (unchanged !== undefined) return ack({ response_action: "update", view: privateView(unchanged) });
    await ack();
    await deps.alerts.deliver();
  };

export const submitSnooze = submitting(async ({ alerts, timezone }, id, asked) => {
  const answer = await alerts.snooze(id, asked);
  return answer.kind === "done" ? undefined : unchangedText(answer, "snooze", asked.by, timezone);
});
