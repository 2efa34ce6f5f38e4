import type { ModalView } from "@slack/types";
import { notOpenedMessage } from "../requests/not-opened.ts";
import type { SlackDeps } from "../requests/deps.ts";
import { textOf } from "../requests/payload.ts";
import type { ActionRequest } from "../requests/request.ts";
import { slackErrorWord } from "../transport/slack-error.ts";

/**
 * Opens a modal. Returns its ID; undefined when Slack did not open it, and then the person gets a private message.
 * Nothing slow may run before, because a trigger expires three seconds after the person acted.
 */
export async function openForm(
  { triggerId, reply }: Pick<ActionRequest, "triggerId" | "reply">,
  { people, log }: Pick<SlackDeps, "people" | "log">,
  view: ModalView,
): Promise<string | undefined> {
  if (triggerId === undefined) {
    await reply(notOpenedMessage());
    return undefined;
  }
  try {
    return textOf(await people.views.open({ trigger_id: triggerId, view }), "view", "id");
  } catch (error) {
    log.warn({ error: slackErrorWord(error) }, "a form of a renewal could not be opened");
    await reply(notOpenedMessage(error));
    return undefined;
  }
}
