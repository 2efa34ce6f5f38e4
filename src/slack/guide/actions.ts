import type { SlackDeps } from "../requests/deps.ts";
import { privateModal } from "../kit/notice-view.ts";
import type { ActionRequest } from "../requests/request.ts";
import { changeView } from "../requests/show.ts";
import { slackErrorWord } from "../transport/slack-error.ts";
import { checklistWatches } from "./checklist-menu.ts";
import { wholeGuideMessage } from "./guide-view.ts";
import { readPage } from "./page.ts";
import { topicMessage, topicModal } from "./topic-view.ts";

/** Replaces the current message or modal with the requested topic, or with the whole guide. */
export async function turnPage(request: ActionRequest, deps: SlackDeps): Promise<void> {
  await request.ack();
  const { guide, topic } = readPage(request.value, deps);
  const whole = wholeGuideMessage(guide, checklistWatches(request.person, deps));
  if (request.viewId === undefined) return request.replace(topic === undefined ? whole : topicMessage(guide, topic));
  const view = topic === undefined ? privateModal(whole) : topicModal(guide, topic);
  await changeView(deps, request.viewId, view);
}

/** Shows the requested topic and keeps the current view: on top of the modal, or as another private message. */
export async function openBeside(request: ActionRequest, deps: SlackDeps): Promise<void> {
  await request.ack();
  const { guide, topic } = readPage(request.value, deps);
  if (topic === undefined) return request.reply(wholeGuideMessage(guide, checklistWatches(request.person, deps)));
  if (request.viewId === undefined || request.triggerId === undefined) return request.reply(topicMessage(guide, topic));
  try {
    await deps.people.views.push({ trigger_id: request.triggerId, view: topicModal(guide, topic) });
  } catch (error) {
    deps.log.warn(
      { error: slackErrorWord(error) },
      "could not show a guide topic in the modal; sending a direct message",
    );
    await request.reply(topicMessage(guide, topic));
  }
}

/** Handles a button that only opens a page. */
export function ackLink(request: ActionRequest): Promise<void> {
  return request.ack();
}
