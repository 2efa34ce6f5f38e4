import { asAllowed, openForm } from "../alert/actions.ts";
import { privateText } from "../alert/answer-view.ts";
import { submitting } from "../alert/snooze-submission.ts";
import type { GroupAnswer, SlackDeps } from "../deps.ts";
import type { ActionRequest } from "../request.ts";
import { unchangedGroupText } from "./answer-view.ts";
import { readDeed } from "./deed.ts";
import { groupSnoozeView } from "./snooze-view.ts";

/** "Acknowledge all": changes every open alert of the group and brings its message up to date. */
export const acknowledgeGroup = (request: ActionRequest, deps: SlackDeps): Promise<void> =>
  asAllowed(request, deps, async (id, by) => {
    const answer = await deps.alerts.acknowledgeGroup(id, by);
    if (answer.kind === "done") await deps.alerts.deliver();
    else await request.reply(privateText(unchangedGroupText(answer, "acknowledge")));
  });

/** Takes back what one press had done to many alerts, as far as they still stand so. */
const undoing =
  (
    asked: "unacknowledge" | "unsnooze",
    change: (deps: SlackDeps) => (id: string, by: string, at: Date) => Promise<GroupAnswer>,
  ) =>
  (request: ActionRequest, deps: SlackDeps): Promise<void> =>
    asAllowed(request, deps, async (value, by) => {
      const deed = readDeed(value);
      const answer: GroupAnswer = deed === undefined ? { kind: "gone" } : await change(deps)(deed.group, by, deed.at);
      if (answer.kind === "done") await deps.alerts.deliver();
      else await request.reply(privateText(unchangedGroupText(answer, asked)));
    });

export const unacknowledgeGroup = undoing("unacknowledge", ({ alerts }) => alerts.unacknowledgeGroup);
export const unsnoozeGroup = undoing("unsnooze", ({ alerts }) => alerts.unsnoozeGroup);

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
