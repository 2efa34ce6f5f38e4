import type { ModalView } from "@slack/types";
import type { SlackDeps } from "./deps.ts";
import type { PrivateMessage, SubmissionRequest } from "./request.ts";
import { slackErrorWord } from "../transport/slack-error.ts";

/**
 * Replaces the submitted view. If the view was closed meanwhile, the person gets the content as a direct message. The
 * same happens when Slack does not accept the new view.
 */
export async function showInView(
  { people, log }: Pick<SlackDeps, "people" | "log">,
  { viewId, person }: Pick<SubmissionRequest, "viewId" | "person">,
  view: ModalView,
  message: PrivateMessage,
): Promise<void> {
  try {
    if (viewId !== undefined) {
      await people.views.update({ view_id: viewId, view });
      return;
    }
  } catch (error) {
    const word = slackErrorWord(error);
    if (word !== CLOSED) log.warn({ error: word }, "a view could not be updated; sending a direct message");
  }
  await sendDirectly({ people }, person.userId, message);
}

/** Replaces the view that holds the pressed button. Does nothing if the person closed it meanwhile. */
export async function changeView(
  { people }: Pick<SlackDeps, "people">,
  viewId: string,
  view: ModalView,
): Promise<void> {
  try {
    await people.views.update({ view_id: viewId, view });
  } catch (error) {
    if (slackErrorWord(error) !== CLOSED) throw error;
  }
}

/** A direct message by user ID. `chat:write` is enough for it (chat.postMessage, docs.slack.dev, read 2026-11). */
export async function sendDirectly(
  { people }: Pick<SlackDeps, "people">,
  userId: string | undefined,
  { text, blocks }: PrivateMessage,
): Promise<void> {
  if (userId === undefined) return;
  await people.chat.postMessage({
    channel: userId,
    text,
    blocks: [...blocks],
    unfurl_links: false,
    unfurl_media: false,
  });
}

/** Slack's error code for a view that is no longer open (views.update, docs.slack.dev, read 2026-11). */
const CLOSED = "not_found";
