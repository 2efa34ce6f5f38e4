import type { Spans } from "../../guide/rich-text.ts";
import type { RenewalAction } from "../../renewal/audit.ts";
import type { Renewer } from "../../renewal/renewer.ts";
import { words } from "../../words/words.ts";
import { type TakeTurn, waitSentence } from "../check/rate-limit.ts";
import { noticeMessage, noticeSpans } from "../kit/notice-view.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { ActionRequest } from "../requests/request.ts";
import type { Gate } from "./gate.ts";
import { watchOfRenewal } from "./known-watch.ts";
import { renewedMessage } from "./result-view.ts";

/** The buttons that change an open renewal. The message in the channel shows what changed. */
export function createPresses(gate: Gate, takeTurn: TakeTurn) {
  /** Changes only the store. The person gets an answer only when nothing changed. */
  const quick = (attempt: RenewalAction, run: Run) => press(attempt, run);
  /** Asks Meta or writes, so it is limited and says at once that it runs. */
  const slow = (attempt: RenewalAction, run: Run, begins: (watch: string) => Spans) => press(attempt, run, begins);

  function press(attempt: RenewalAction, run: Run, begins?: (watch: string) => Spans) {
    return async (request: ActionRequest, deps: SlackDeps): Promise<void> => {
      await request.ack();
      const { person, value: id = "" } = request;
      const admitted = await gate(person, deps, attempt, () => watchOfRenewal(deps.renewals, id));
      if (!admitted.ok) return request.reply(noticeSpans(admitted.refusal));
      const { renewals, userId, by, saveRefusal } = admitted;
      if (begins !== undefined) {
        const freeInMs = takeTurn(userId, deps.now());
        if (freeInMs !== undefined) {
          await saveRefusal();
          return request.reply(noticeMessage(waitSentence(freeInMs)));
        }
        const watch = await watchOfRenewal(renewals, id);
        if (watch !== null) await request.reply(noticeSpans(begins(watch)));
      }
      const renewed = await run(renewals.renewer)(id, by);
      if (begins === undefined && renewed.ok) return;
      const { offered } = renewals;
      await request.reply(renewedMessage({ renewed, attempt, offered, timezone: deps.timezone }));
    };
  }

  return {
    confirmInUse: quick("confirm_in_use", ({ confirmInUse }) => confirmInUse),
    cancel: quick("cancel", ({ cancel }) => cancel),
    endOld: slow("end_old", ({ endOld }) => endOld, answers.ending),
    putBack: slow("put_back", ({ putBack }) => putBack, answers.puttingBack),
  };
}

const { answers } = words.renewal.forms;

type Run = (renewer: Renewer) => Renewer["cancel"];
