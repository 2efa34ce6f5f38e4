import { accessRefusal } from "../requests/access.ts";
import type { SlackDeps } from "../requests/deps.ts";
import { findWatch, unknownWatchMessage } from "../requests/find-watch.ts";
import { notOpenedMessage } from "../requests/not-opened.ts";
import type { ActionRequest, CommandRequest } from "../requests/request.ts";
import { slackErrorWord } from "../transport/slack-error.ts";
import { formView } from "./form-view.ts";

/** A fresh form with its own IDs; `chosen` counts only if it is the name of a watch. */
export function freshForm({ cards, newId }: SlackDeps, chosen?: string, withIds = false) {
  return formView({ watches: [...cards.keys()], chosen, suffix: newId(), withIds });
}

/** `/wa-token check [name]`. */
export async function openCheck(request: CommandRequest, name: string | undefined, deps: SlackDeps): Promise<void> {
  const refusal = accessRefusal(request.person, deps);
  if (refusal !== undefined) return request.reply(refusal);
  const watch = name === undefined ? undefined : findWatch(deps.cards, name);
  if (name !== undefined && watch === undefined)
    return request.reply(unknownWatchMessage(firstNames(deps.cards.keys()), deps.cards.size, name));
  return openForm(request, deps, watch?.name);
}

/** Handles the button "Check a token"; `withIds` adds the fields that test which IDs a typed token reaches. */
export async function openFromButton(request: ActionRequest, deps: SlackDeps, withIds = false): Promise<void> {
  await request.ack();
  const refusal = accessRefusal(request.person, deps);
  if (refusal !== undefined) return request.reply(refusal);
  return openForm(request, deps, deps.cards.get(request.value ?? "")?.name, withIds);
}

/** More names than fit into the answer to an unknown one. */
const MOST_NAMES = 200;

function firstNames(names: Iterable<string>): readonly string[] {
  return [...Iterator.from(names).take(MOST_NAMES)];
}

/** Opens the form. Nothing slow may run before, because a trigger expires three seconds after the person acted. */
async function openForm(
  request: Pick<ActionRequest, "triggerId" | "reply">,
  deps: SlackDeps,
  chosen: string | undefined,
  withIds = false,
): Promise<void> {
  const { triggerId, reply } = request;
  if (triggerId === undefined) return reply(notOpenedMessage());
  try {
    await deps.people.views.open({ trigger_id: triggerId, view: freshForm(deps, chosen, withIds) });
  } catch (error) {
    deps.log.warn({ error: slackErrorWord(error) }, "the check form could not be opened");
    await reply(notOpenedMessage(error));
  }
}
