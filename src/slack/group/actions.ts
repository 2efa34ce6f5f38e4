import { asAllowed, openForm } from "../alert/actions.ts";
import { privateText } from "../alert/answer-view.ts";
import { submitting } from "../alert/snooze-submission.ts";
import type { SlackDeps } from "../deps.ts";
import type { ActionRequest } from "../request.ts";
import { unchangedGroupText } from "./answer-view.ts";
import { groupSnoozeView } from "./snooze-view.ts";

/** "Acknowledge all": changes every open alert of the group and brings its message up to date. */
export const acknowledgeGroup = (request: ActionRequest, deps: SlackDeps): Promise<void> =>
  asAllowed(request, deps, async (id, by) => {
    const answer = await deps.alerts.acknowledgeGroup(id, by);
    if (answer.kind === "done") await deps.alerts.deliver();
    else await request.reply(privateText(unchangedGroupText(answer, "acknowledge")));
  });

/** "Snooze all…": opens the form. */
export const openGroupSnooze = (request: ActionRequest, deps: SlackDeps): Promise<void> =>
  asAllowed(request, deps, async (id) => {
    const found = await deps.alerts.findGroup(id);
    if (found.kind === "gone" || found.open === 0)
      return request.reply(privateText(unchangedGroupText(found, "snooze")));
    return openForm(request, deps, groupSnoozeView(found.group, found.open, deps.now(), deps.timezone));
  });

export const submitGroupSnooze = submitting(async ({ alerts }, id, asked) => {
  const answer = await alerts.snoozeGroup(id, asked);
  return answer.kind === "done" ? undefined : unchangedGroupText(answer, "snooze");
});
