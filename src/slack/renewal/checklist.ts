import { words } from "../../words/words.ts";
import { type TakeTurn, waitSentence } from "../check/rate-limit.ts";
import { noticeMessage, noticeSpans } from "../kit/notice-view.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { ActionRequest } from "../requests/request.ts";
import type { Gate } from "./gate.ts";
import { missingIn, watchNamed } from "./known-watch.ts";
import { renewedMessage } from "./result-view.ts";

/** "Start a checklist for …" in the guide, also for a watch that never had a token. */
export function createStartChecklist(gate: Gate, takeTurn: TakeTurn) {
  return async (request: ActionRequest, deps: SlackDeps): Promise<void> => {
    await request.ack();
    const card = watchNamed(deps, request.value);
    const admitted = await gate(request.person, deps, "renew", () => Promise.resolve(card?.name ?? null));
    if (!admitted.ok) return request.reply(noticeSpans(admitted.refusal));
    const { renewals, userId, by, saveRefusal } = admitted;
    if (card === undefined) {
      await saveRefusal();
      return request.reply(noticeSpans(words.renewal.obstacle(missingIn(deps))));
    }
    const freeInMs = takeTurn(userId, deps.now());
    if (freeInMs !== undefined) {
      await saveRefusal();
      return request.reply(noticeMessage(waitSentence(freeInMs)));
    }
    const renewed = await renewals.renewer.start(card.name, "given", by);
    const { offered } = renewals;
    return request.reply(renewedMessage({ renewed, attempt: "renew", offered, timezone: deps.timezone }));
  };
}
