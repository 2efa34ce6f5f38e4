import type { ModalView } from "@slack/types";
import type { Alert } from "../../watch/alert.ts";
import { accessRefusal } from "../access.ts";
import type { AlertAnswer, SlackDeps } from "../deps.ts";
import { openBeside } from "../guide/actions.ts";
import { noticeMessage } from "../notice-view.ts";
import type { ActionRequest } from "../request.ts";
import { slackErrorWord } from "../slack-error.ts";
import { doneText, privateText, unchangedText } from "./answer-view.ts";
import { snoozeView } from "./snooze-view.ts";

type Work = (alertId: string, by: string) => Promise<void>;

/** Acknowledges, refuses whoever may not, and gives the others' turn to the work. */
export const asAllowed = async (request: ActionRequest, deps: SlackDeps, work: Work): Promise<void> => {
  await request.ack();
  const refusal = accessRefusal(request.person, deps);
  const { userId } = request.person;
  if (refusal !== undefined || userId === undefined)
    return request.reply(refusal ?? noticeMessage("Please try again."));
  return work(request.value ?? "", userId);
};

/** It was told in another place as well, by a message that is never edited. */
const isElsewhere = ({ channelId }: ActionRequest, { card }: Alert): boolean =>
  channelId !== undefined && channelId !== card.channel;

/**
 * Changes the alert and brings its message up to date at once; says privately why nothing was changed, and what was
 * where the person sees no message change.
 */
const changing =
  (
    asked: "acknowledge" | "unacknowledge" | "unsnooze",
    change: (deps: SlackDeps) => (id: string, by: string) => Promise<AlertAnswer>,
  ) =>
  (request: ActionRequest, deps: SlackDeps): Promise<void> =>
    asAllowed(request, deps, async (id, by) => {
      const answer = await change(deps)(id, by);
      if (answer.kind !== "done") return request.reply(privateText(unchangedText(answer, asked, by, deps.timezone)));
      await deps.alerts.deliver();
      if (isElsewhere(request, answer.alert)) await request.reply(privateText(doneText(answer.alert, asked)));
    });

export const acknowledgeAlert = changing("acknowledge", ({ alerts }) => alerts.acknowledge);
export const unacknowledgeAlert = changing("unacknowledge", ({ alerts }) => alerts.unacknowledge);
export const unsnoozeAlert = changing("unsnooze", ({ alerts }) => alerts.unsnooze);

const NOT_OPENED = "Slack did not open the form in time. Please try again.";

/** Opens a form; says privately when Slack did not. */
export const openForm = async (
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
  asAllowed(request, deps, async (id, by) => {
    const { alerts, now, timezone } = deps;
    const found = await alerts.find(id);
    if (found.kind === "gone" || found.alert.resolvedAt !== null)
      return request.reply(privateText(unchangedText(found, "snooze", by, timezone)));
    return openForm(request, deps, snoozeView(found.alert, now(), timezone));
  });

/** "Open guide": the topic beside the alert, for the person alone. The alert may stand where others read it too. */
export const openAlertGuide = (request: ActionRequest, deps: SlackDeps): Promise<void> =>
  asAllowed(request, deps, () => openBeside(request, deps));
