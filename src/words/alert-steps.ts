import type { Spans } from "../guide/rich-text.ts";
import { isAboutIds, isUnanswered } from "../token/known.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import { needsPerson } from "../token/needs-person.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert } from "../alert/alert.ts";
import { saveToken, stepForEach } from "./english/revoked.ts";
import { remediesOf, type Remedy } from "./finding-words.ts";
import { cutSpans, fittingSpans } from "./cut-spans.ts";
import { failureRemedy } from "./source-failure.ts";
import { sentences } from "./values.ts";
import { unreadRemedies } from "./unread-text.ts";
import { words } from "./words.ts";

/** The steps of an open alert, one line each: numbered steps that restore service, then steps that can wait. */
export function alertSteps(alert: Alert): readonly Spans[] {
  const { verdict, failing, card } = alert;
  if (verdict === null || isUnanswered(alert))
    return failing === null
      ? []
      : failureSteps(failing.failure, failureRemedy(failing.failure, alert), words.alerts.confirm);
  if (isAboutIds(alert)) return unreadRemedies(verdict);
  return stepTexts(verdict, words.alerts.saveIn(card.source), words.alerts.confirm);
}

/** The steps for many alerts with one cause. Each token has its own place, so the text names no place. */
export function sharedSteps(alert: Alert): readonly Spans[] {
  const { verdict, failing } = alert;
  if (verdict === null || isUnanswered(alert))
    return failing === null
      ? []
      : failureSteps(failing.failure, words.groups.failureRemedy(failing.failure), words.alerts.confirmAll);
  return isAboutIds(alert)
    ? unreadRemedies(verdict)
    : stepTexts(verdict, words.alerts.saveEach, words.alerts.confirmAll, stepForEach);
}

/** The steps in one line, for a reply. */
export function stepSentence(
  alert: Pick<Alert, "kind" | "verdict" | "failing" | "card">,
  verdict: Verdict | null,
): readonly Spans[] {
  const { failing } = alert;
  if (verdict === null || isUnanswered(alert))
    return failing === null ? [] : [words.alerts.todo(failureRemedy(failing.failure, alert))];
  if (isAboutIds(alert)) return unreadRemedies(verdict);
  const { steps } = kept(verdict, saveToken);
  return steps.length === 0 ? [] : [words.alerts.todo(sentences(...steps))];
}

/** What happens after a failed check: the bot repeats it, or a person repairs the cause. */
export function retryText(failure: InspectionFailure, alert: Pick<Alert, "card">): Spans {
  const { alerts, failures } = words;
  return needsPerson(failure) ? alerts.todo(failureRemedy(failure, alert)) : failures.checksAgain;
}

/** The most remedies in one alert. More steps at once do not help. */
const MOST_REMEDIES = 4;
const ROOM = 380;
const LONGEST = 300;

/** Numbered steps when a person must repair something; else one line, because the bot checks again without help. */
function failureSteps(failure: InspectionFailure, remedy: Spans, confirm: Spans): readonly Spans[] {
  return needsPerson(failure)
    ? [remedy, confirm].map((step, index) => words.alerts.step(index + 1, step))
    : [words.alerts.todo(remedy)];
}

/**
 * @param save the step that names where to save the new token; replaces the general step
 * @param write the form of the other steps
 */
function stepTexts(
  verdict: Verdict,
  save: Spans,
  confirm: Spans,
  write = (step: Spans): Spans => step,
): readonly Spans[] {
  const { steps, afterwards } = kept(verdict, save, write);
  if (steps.length === 0) return [];
  return [
    ...[...steps, confirm].map((step, index) => words.alerts.step(index + 1, step)),
    ...(afterwards.length === 0 ? [] : [words.alerts.afterwards(sentences(...afterwards))]),
  ];
}

/**
 * The steps of the most urgent remedies, without duplicates. The step that saves the new token comes last, because the
 * other steps still change the token.
 */
function kept(verdict: Verdict, save: Spans, write = (step: Spans): Spans => step): Remedy {
  const remedies = remediesOf(verdict).slice(0, MOST_REMEDIES);
  const all = new Set(remedies.flatMap((remedy) => remedy.steps));
  const others = [...all].filter((step) => step !== saveToken).map((step) => cutSpans(write(step), LONGEST));
  const steps = [...fittingSpans(others, ROOM), ...(all.has(saveToken) ? [save] : [])];
  return { steps, afterwards: remedies.flatMap(({ afterwards }) => afterwards.map(write)) };
}
