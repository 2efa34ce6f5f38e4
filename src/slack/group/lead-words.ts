import type { Alert } from "../../watch/alert.ts";
import { isAboutIds, isBlocked } from "../../token/known.ts";
import { failureText } from "../alert/alert-text.ts";
import { causeLine, remedySentence } from "../alert/finding-lines.ts";
import { sharedStepLines, unansweredLine, unreadSteps } from "../alert/steps.ts";
import { unreadLines } from "../alert/unread-lines.ts";
import { slackDate } from "../moment.ts";

/** What one alert says of all that share its cause. Each line is mrkdwn. */
interface LeadWords {
  readonly cause: readonly string[];
  /** What to do, a step on each line. */
  readonly todo: readonly string[];
  /** The same on one line. */
  readonly remedy: readonly string[];
}

/** Why, and what to do: of one alert, for those that share its cause. */
export const leadWords = (alert: Alert, timezone: string): LeadWords => {
  const { kind, verdict, failing } = alert;
  if (verdict !== null && isAboutIds(alert)) {
    const todo = unreadSteps(verdict, undefined);
    return { cause: unreadLines(verdict, (at) => slackDate(at, timezone)), todo, remedy: todo };
  }
  if (kind === "problem" && verdict !== null && !isBlocked(failing)) {
    const cause = causeLine(verdict, timezone);
    return {
      cause: cause === undefined ? [] : [cause],
      todo: sharedStepLines(verdict),
      remedy: remedySentence(verdict),
    };
  }
  if (failing === null) return { cause: [], todo: [], remedy: [] };
  const todo = [unansweredLine(failing.failure, undefined)];
  return {
    cause: [`Since ${slackDate(failing.since, timezone)}: ${failureText(failing.failure)}`],
    todo,
    remedy: todo,
  };
};
