import type { ModalView } from "@slack/types";
import type { Action } from "../../../alert/respond.ts";
import { accessRefusal } from "../../requests/access.ts";
import type { SlackDeps } from "../../requests/deps.ts";
import { openBeside } from "../../guide/actions.ts";
import { noticeMessage } from "../../kit/notice-view.ts";
import { notOpenedMessage } from "../../requests/not-opened.ts";
import type { ActionRequest } from "../../requests/request.ts";
import { slackErrorWord } from "../../transport/slack-error.ts";
import { privateText, unchangedText } from "./unchanged-view.ts";
import { snoozeView } from "./snooze-view.ts";
import { type ButtonTarget, readTarget } from "./target.ts";

/** Acknowledges the request, refuses people without access, and runs the work for everyone else. */
export async function asAllowed(request: ActionRequest, deps: SlackDeps, work: Work): Promise<void> {
  await request.ack();
  const refusal = accessRefusal(request.person, deps);
  const { userId } = request.person;
  if (refusal !== undefined || userId === undefined)
    return request.reply(refusal ?? noticeMessage("Please try again."));
  return work(readTarget(request.value ?? ""), userId);
}

export const acknowledgeAlert = changing("acknowledge", () => ({ kind: "acknowledge" }));
export const unacknowledgeAlert = changing("unacknowledge", (given) => ({ kind: "unacknowledge", given }));
export const unsnoozeAlert = changing("unsnooze", (begun) => ({ kind: "unsnooze", begun }));

/** Handles "Snooze…": opens the form. */
export function openSnooze(request: ActionRequest, deps: SlackDeps): Promise<void> {
  return asAllowed(request, deps, async ({ target }, by) => {
    const { alerts, now, timezone } = deps;
    const found = await alerts.find(target);
    const open = found?.alerts.filter(({ resolvedAt }) => resolvedAt === null) ?? [];
    if (open.length === 0) return request.reply(privateText(unchangedText({ target, found }, "snooze", by), timezone));
    return openForm(request, deps, snoozeView(target, open, now(), timezone));
  });
}

/**
 * Handles "Open guide". It opens beside the alert and only for this person, because other people read the alert too.
 */
export function openAlertGuide(request: ActionRequest, deps: SlackDeps): Promise<void> {
  return asAllowed(request, deps, () => openBeside(request, deps));
}

type Work = (pressed: ButtonTarget, by: string) => Promise<void>;

/** Changes one alert, or all alerts of a message. If nothing changed, the person gets the reason privately. */
function changing(asked: "acknowledge" | "unacknowledge" | "unsnooze", deedOf: (at: Date | undefined) => Action) {
  return (request: ActionRequest, deps: SlackDeps): Promise<void> =>
    asAllowed(request, deps, async ({ target, at }, by) => {
      const { alerts, timezone } = deps;
      const found = await alerts.respond(target, by, deedOf(at));
      if (found !== undefined && found.changed.length > 0) return;
      await request.reply(privateText(unchangedText({ target, found }, asked, by), timezone));
    });
}

/** Opens a form. If Slack did not open it, the person gets a private message. */
async function openForm(
  { triggerId, reply }: Pick<ActionRequest, "triggerId" | "reply">,
  { people, log }: Pick<SlackDeps, "people" | "log">,
  view: ModalView,
): Promise<void> {
  if (triggerId === undefined) return reply(notOpenedMessage());
  try {
    await people.views.open({ trigger_id: triggerId, view });
  } catch (error) {
    log.warn({ error: slackErrorWord(error) }, "the snooze form could not be opened");
    await reply(notOpenedMessage(error));
  }
}
