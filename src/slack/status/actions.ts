import type { ModalView } from "@slack/types";
import { words } from "../../words/words.ts";
import { accessRefusal } from "../requests/access.ts";
import type { SlackDeps } from "../requests/deps.ts";
import { notOpenedMessage } from "../requests/not-opened.ts";
import type { ActionRequest, SubmissionRequest } from "../requests/request.ts";
import { changeView } from "../requests/show.ts";
import { LIMITS, modal, plain } from "../kit/blocks.ts";
import { privateModal } from "../kit/notice-view.ts";
import { slackErrorWord } from "../transport/slack-error.ts";
import { FIND_FORM, NAME_FIELD } from "./ids.ts";
import { namedStatus } from "./open.ts";
import { readQuery } from "./query.ts";
import { readStatus } from "./read-status.ts";
import { statusMessage } from "./status-view.ts";

/** Another page replaces the page with the button. From the Home it opens as a modal. */
export async function turnStatusPage(request: ActionRequest, deps: SlackDeps): Promise<void> {
  await request.ack();
  const page = accessRefusal(request.person, deps) ?? statusMessage(await readStatus(deps, readQuery(request.value)));
  if (request.atHome) return request.reply(page);
  if (request.viewId === undefined) return request.replace(page);
  await changeView(deps, request.viewId, privateModal(page));
}

/** Opens the form that finds tokens by name; on top of a modal that is open. */
export async function openFind({ triggerId, viewId, ...request }: ActionRequest, deps: SlackDeps): Promise<void> {
  await request.ack();
  const refusal = accessRefusal(request.person, deps);
  if (refusal !== undefined) return request.reply(refusal);
  if (triggerId === undefined) return request.reply(notOpenedMessage());
  const { views } = deps.people;
  const call = { trigger_id: triggerId, view: findForm() };
  try {
    await (viewId === undefined ? views.open(call) : views.push(call));
  } catch (error) {
    deps.log.warn({ error: slackErrorWord(error) }, "the form that finds tokens could not be opened");
    await request.reply(notOpenedMessage(error));
  }
}

/** Shows what the form found in place of the form. */
export async function submitFind({ person, values, ack }: SubmissionRequest, deps: SlackDeps): Promise<void> {
  const name = values.find(({ blockId }) => blockId === NAME_FIELD)?.value?.trim() ?? "";
  const refusal = accessRefusal(person, deps);
  const found =
    refusal ??
    (name === "" ? statusMessage(await readStatus(deps, { which: "all" })) : await namedStatus(name, { person }, deps));
  await ack({ response_action: "update", view: privateModal(found) });
}

const { findForm: text } = words.status;

/** In characters. Longer texts are never a name, and may be a token. */
const LONGEST_NAME = 100;

function findForm(): ModalView {
  return {
    ...modal(text.title, [
      {
        type: "input",
        block_id: NAME_FIELD,
        label: plain(text.label, LIMITS.placeholder),
        hint: plain(text.hint, LIMITS.placeholder),
        element: { type: "plain_text_input", action_id: NAME_FIELD, max_length: LONGEST_NAME },
      },
    ]),
    callback_id: FIND_FORM,
    submit: plain(text.submit, LIMITS.title),
  };
}
