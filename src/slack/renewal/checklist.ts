import { noticeSpans } from "../kit/notice-view.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { ActionRequest } from "../requests/request.ts";
import type { Begin } from "./begin.ts";
import { renewedMessage } from "./result-view.ts";

/** "Start a checklist for …" in the guide, also for a watch that never had a token. */
export function createStartChecklist(begin: Begin) {
  return async (request: ActionRequest, deps: SlackDeps): Promise<void> => {
    await request.ack();
    const begun = await begin(request.person, deps, request.value);
    if (!begun.ok) return request.reply(noticeSpans(begun.refusal));
    const { card, renewals, by } = begun;
    const renewed = await renewals.renewer.start(card.name, "given", by);
    const { offered } = renewals;
    return request.reply(renewedMessage({ renewed, attempt: "renew", offered, timezone: deps.timezone }));
  };
}
