import type { Alert } from "../../watch/alert.ts";
import { failureText } from "../alert/alert-text.ts";
import { causeLine, remedySentence } from "../alert/finding-lines.ts";
import { sharedStepLines, unansweredLine } from "../alert/steps.ts";
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
export const leadWords = ({ kind, verdict, failing }: Alert, timezone: string): LeadWords => {
  if (kind === "problem" && verdict !== null) {
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
