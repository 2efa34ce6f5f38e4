import { accessProblem } from "../../requests/access.ts";
import type { SlackDeps } from "../../requests/deps.ts";
import { noticeView } from "../../kit/notice-view.ts";
import type { SubmissionRequest } from "../../requests/request.ts";
import { privateView, unchangedText } from "./unchanged-view.ts";
import { readSnooze } from "./read-snooze.ts";
import { readTarget } from "./target.ts";

/**
 * Handles the submitted form: shows field errors, or snoozes the alerts and updates the messages. The store is changed
 * before the acknowledgement, because only the acknowledgement can still report that the alert ended meanwhile.
 */
export async function submitSnooze(request: SubmissionRequest, deps: SlackDeps): Promise<void> {
  const { person, values, metadata, ack } = request;
  const { alerts, timezone } = deps;
  const by = person.userId;
  const denied = accessProblem(person, deps);
  if (denied !== undefined || by === undefined)
    return ack({ response_action: "update", view: noticeView(denied ?? "Please try again.") });
  const form = readSnooze(values, deps.now());
  if (!form.ok) return ack({ response_action: "errors", errors: { [form.field]: form.problem } });
  const { target } = readTarget(metadata ?? "");
  const found = await alerts.respond(target, by, { kind: "snooze", until: form.until, reason: form.reason });
  if (found === undefined || found.changed.length === 0) {
    const text = unchangedText({ target, found }, "snooze", by);
    return ack({ response_action: "update", view: privateView(text, timezone) });
  }
  return ack();
}
