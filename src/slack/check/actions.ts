import { accessProblem } from "../requests/access.ts";
import type { SlackDeps } from "../requests/deps.ts";
import { noticeView } from "../kit/notice-view.ts";
import type { ActionRequest } from "../requests/request.ts";
import { changeView } from "../requests/show.ts";
import { freshForm, openFromButton } from "./open.ts";

/** "Check another" and "Try again": a fresh form replaces the result; from a direct message a new modal opens. */
export function checkAnother(request: ActionRequest, deps: SlackDeps): Promise<void> {
  return showForm(request, deps, false);
}

/** "Test its reach": also shows fields for IDs. People type the token again, because the bot does not store it. */
export function checkWithIds(request: ActionRequest, deps: SlackDeps): Promise<void> {
  return showForm(request, deps, true);
}

async function showForm(request: ActionRequest, deps: SlackDeps, withIds: boolean): Promise<void> {
  if (request.viewId === undefined) return openFromButton(request, deps, withIds);
  await request.ack();
  const problem = accessProblem(request.person, deps);
  const view = problem === undefined ? freshForm(deps, request.value, withIds) : noticeView(problem);
  await changeView(deps, request.viewId, view);
}
