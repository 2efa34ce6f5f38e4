import { asAllowed, openForm } from "../alert/actions.ts";
import { privateText } from "../alert/answer-view.ts";
import { submitting } from "../alert/snooze-submission.ts";
import { snoozeForm } from "../alert/snooze-view.ts";
import type { SlackDeps } from "../deps.ts";
import type { ActionRequest } from "../request.ts";
import { readIds } from "./buttons.ts";
import { LISTED_SNOOZE_FORM } from "./ids.ts";

const NOTHING_TO_DO = "Nothing was changed: all of these alerts are over, or somebody was first.";

const counted = (count: number): string => (count === 1 ? "1 alert" : `${count} alerts`);

/** "Acknowledge all" below a list: the messages of the alerts follow; this one stays, so it is said what was done. */
export const acknowledgeListed = (request: ActionRequest, deps: SlackDeps): Promise<void> =>
  asAllowed(request, deps, async (value, by) => {
    const { changed } = await deps.alerts.acknowledgeMany(readIds(value), by);
    if (changed === 0) return request.reply(privateText(NOTHING_TO_DO));
    await deps.alerts.deliver();
    const them = changed === 1 ? "it gets worse" : "one gets worse";
    return request.reply(privateText(`You acknowledged ${counted(changed)}. No more reminders unless ${them}.`));
  });

/** "Snooze all…" below a list: opens the form. */
export const openListedSnooze = (request: ActionRequest, deps: SlackDeps): Promise<void> =>
  asAllowed(request, deps, (value) => {
    const form = {
      title: "Snooze all",
      about: `No reminders of ${counted(readIds(value).length)} until the time you choose. If one gets worse, its snooze ends. It takes the place of earlier ones.`,
      current: undefined,
      callbackId: LISTED_SNOOZE_FORM,
      id: value,
    };
    return openForm(request, deps, snoozeForm(form, deps.now(), deps.timezone));
  });

export const submitListedSnooze = submitting(async ({ alerts }, value, asked) => {
  const { changed } = await alerts.snoozeMany(readIds(value), asked);
  return changed > 0 ? undefined : NOTHING_TO_DO;
});
