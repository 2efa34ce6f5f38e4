import type { ModalView } from "@slack/types";
import type { SlackDeps } from "./deps.ts";
import type { PrivateMessage, SubmissionRequest } from "./request.ts";
import { slackErrorWord } from "./slack-error.ts";

/**
 * Puts a view in the place of the one that was submitted. When the person closed it meanwhile (`not_found`), or Slack
 * did not take it, the same goes to them as a direct message.
 */
export const showInView = async (
  { people, log }: Pick<SlackDeps, "people" | "log">,
  { viewId, person }: Pick<SubmissionRequest, "viewId" | "person">,
  view: ModalView,
  message: PrivateMessage,
): Promise<void> => {
  try {
    if (viewId !== undefined) {
      await people.views.update({ view_id: viewId, view });
      return;
    }
  } catch (error) {
    const word = slackErrorWord(error);
    if (word !== "not_found") log.warn({ error: word }, "a view could not be updated; sending a direct message");
  }
  await sendDirectly({ people }, person.userId, message);
};

/** A direct message by user id; `chat:write` is enough for it (chat.postMessage, docs.slack.dev, read 2026-11). */
export const sendDirectly = async (
  { people }: Pick<SlackDeps, "people">,
  userId: string | undefined,
  { text, blocks }: PrivateMessage,
): Promise<void> => {
  if (userId === undefined) return;
  await people.chat.postMessage({
    channel: userId,
    text,
    blocks: [...blocks],
    unfurl_links: false,
    unfurl_media: false,
  });
};
