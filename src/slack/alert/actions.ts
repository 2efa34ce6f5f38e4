import type { ModalView } from "@slack/types";
import type { Deed } from "../../watch/deed.ts";
import { accessRefusal } from "../access.ts";
import type { SlackDeps } from "../deps.ts";
import { openBeside } from "../guide/actions.ts";
import { noticeMessage } from "../notice-view.ts";
import type { ActionRequest } from "../request.ts";
import { slackErrorWord } from "../slack-error.ts";
import { privateText, unchangedText } from "./answer-view.ts";
import { snoozeView } from "./snooze-view.ts";
import { type ButtonTarget, readTarget } from "./target.ts";

type Work = (pressed: ButtonTarget, by: string) => Promise<void>;

/** Acknowledges, refuses people who may not, and gives the others' turn to the work. */
export const asAllowed = async (request: ActionRequest, deps: SlackDeps, work: Work): Promise<void> => {
  await request.ack();
  const refusal = accessRefusal(request.person, deps);
  const { userId } = request.person;
  if (refusal !== undefined || userId === undefined)
    return request.reply(refusal ?? noticeMessage("Please try again."));
  return work(readTarget(request.value ?? ""), userId);
};

/** Changes one alert, or all of a message; says privately why nothing was changed. */
const changing =
  (asked: "acknowledge" | "unacknowledge" | "unsnooze", deedOf: (at: Date | undefined) => Deed) =>
  (request: ActionRequest, deps: SlackDeps): Promise<void> =>
    asAllowed(request, deps, async ({ target, at }, by) => {
      const { alerts, timezone } = deps;
      const answer = await alerts.answer(target, by, deedOf(at));
      if (answer !== undefined && answer.changed.length > 0) return;
      await request.reply(privateText(unchangedText({ target, found: answer }, asked, by), timezone));
    });

export const acknowledgeAlert = changing("acknowledge", () => ({ kind: "acknowledge" }));
export const unacknowledgeAlert = changing("unacknowledge", (given) => ({ kind: "unacknowledge", given }));
export const unsnoozeAlert = changing("unsnooze", (begun) => ({ kind: "unsnooze", begun }));

const NOT_OPENED = "Slack did not open the form in time. Please try again.";

/** Opens a form; says privately when Slack did not. */
const openForm = async (
  { triggerId, reply }: Pick<ActionRequest, "triggerId" | "reply">,
  { people, log }: Pick<SlackDeps, "people" | "log">,
  view: ModalView,
): Promise<void> => {
  if (triggerId === undefined) return reply(noticeMessage(NOT_OPENED));
  try {
    await people.views.open({ trigger_id: triggerId, view });
  } catch (error) {
    log.warn({ error: slackErrorWord(error) }, "the snooze form could not be opened");
    await reply(noticeMessage(NOT_OPENED));
  }
};

/** "Snooze…": opens the form. */
export const openSnooze = (request: ActionRequest, deps: SlackDeps): Promise<void> =>
  asAllowed(request, deps, async ({ target }, by) => {
    const { alerts, now, timezone } = deps;
    const found = await alerts.find(target);
    const open = found?.alerts.filter(({ resolvedAt }) => resolvedAt === null) ?? [];
    if (open.length === 0) return request.reply(privateText(unchangedText({ target, found }, "snooze", by), timezone));
    return openForm(request, deps, snoozeView(target, open, now(), timezone));
  });

/** "Open guide": the topic beside the alert, for the person alone. The alert may stand where others read it too. */
export const openAlertGuide = (request: ActionRequest, deps: SlackDeps): Promise<void> =>
  asAllowed(request, deps, () => openBeside(request, deps));
