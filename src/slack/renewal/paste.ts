import type { Renewal } from "../../renewal/renewal.ts";
import { isCrashed } from "../../renewal/rules/steps.ts";
import { holdDuring } from "../../token/secret/held.ts";
import { words } from "../../words/words.ts";
import { type TakeTurn, waitSentence } from "../check/rate-limit.ts";
import { typedToken } from "../check/typed-token.ts";
import { noticeSpans, noticeView, privateModal } from "../kit/notice-view.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { ActionRequest, SubmissionRequest } from "../requests/request.ts";
import { changeView, showInView } from "../requests/show.ts";
import type { Gate } from "./gate.ts";
import { PASTE_SOONER, PASTE_TOKEN } from "./ids.ts";
import { watchOfRenewal } from "./known-watch.ts";
import { openForm } from "./open-form.ts";
import { ACCEPTED, pasteView, testingView } from "./paste-view.ts";
import { renewedMessage, renewedView } from "./result-view.ts";

/** "Paste new token…" and "Paste again": an empty private form. In a result, it replaces the result. */
export function createOpenPaste(gate: Gate) {
  return async (request: ActionRequest, deps: SlackDeps): Promise<void> => {
    await request.ack();
    const { person, value: id = "", viewId } = request;
    const admitted = await gate(person, deps, "paste", () => watchOfRenewal(deps.renewals, id));
    if (!admitted.ok) return request.reply(noticeSpans(admitted.refusal));
    const { renewals, saveRefusal } = admitted;
    const renewal = await renewals.byId(id);
    if (renewal === undefined || !renewals.offered(renewal).includes("paste")) {
      const kind = renewal === undefined ? "no_renewal" : obstacleOf(renewal);
      await saveRefusal();
      return request.reply(noticeSpans(words.renewal.obstacle({ kind }, "paste")));
    }
    const view = pasteView(renewal, deps.newId());
    if (viewId === undefined) await openForm(request, deps, view);
    else await changeView(deps, viewId, view);
  };
}

/** The submitted token: field errors, or "Testing…" at once and then the result, only for this person. */
export function createSubmitPaste(gate: Gate, takeTurn: TakeTurn) {
  return async (request: SubmissionRequest, deps: SlackDeps): Promise<void> => {
    const { person, metadata: id = "", values, ack } = request;
    const admitted = await gate(person, deps, "paste", () => watchOfRenewal(deps.renewals, id));
    if (!admitted.ok) return ack({ response_action: "update", view: privateModal(noticeSpans(admitted.refusal)) });
    const field = values.find(({ blockId }) => blockId.startsWith(PASTE_TOKEN));
    if (field === undefined) return ack({ response_action: "update", view: noticeView(problems.noFields) });
    const refuse = (problem: string): Promise<void> =>
      ack({ response_action: "errors", errors: { [field.blockId]: problem } });
    const typed = (field.value ?? "").trim();
    if (typed === "") return refuse(problems.noToken);
    const token = typedToken(typed);
    if (!token.ok) return refuse(token.problem);
    const { renewals, userId, by, saveRefusal } = admitted;
    const freeInMs = takeTurn(userId, deps.now());
    if (freeInMs !== undefined) {
      await saveRefusal();
      return refuse(waitSentence(freeInMs));
    }
    const acceptSooner = values.some(({ blockId, value }) => blockId.startsWith(PASTE_SOONER) && value === ACCEPTED);

    const { secret, removed } = token;
    // Slack's answers may repeat the typed token, so the log hides it meanwhile.
    await holdDuring([secret], async () => {
      await ack({ response_action: "update", view: testingView() });
      const renewal = await renewals.byId(id);
      const renewed =
        renewal === undefined
          ? ({ ok: false, obstacle: { kind: "no_renewal" } } as const)
          : await renewals.renewer.give(renewal.watch, secret, by, { acceptSooner });
      const { offered } = renewals;
      const options = { renewed, attempt: "paste", offered, removed, timezone: deps.timezone } as const;
      await showInView(deps, request, renewedView(options), renewedMessage(options));
    });
  };
}

const { problems } = words.checkForm;

function obstacleOf(renewal: Renewal): "crashed" | "busy" | "not_now" {
  if (isCrashed(renewal)) return "crashed";
  return renewal.working ? "busy" : "not_now";
}
