import type { Spans } from "../guide/rich-text.ts";
import { isAboutIds, isSolvedByToken, isUnanswered } from "../token/known.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import { newTokenHelps } from "../token/findings/new-token-helps.ts";
import { needsPerson } from "../token/needs-person.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert } from "../alert/alert.ts";
import { createsToken, saveToken, stepForEach } from "./english/revoked.ts";
import { remediesOf, type Remedy } from "./finding-words.ts";
import { cutSpans, fittingSpans } from "./cut-spans.ts";
import { failureRemedy } from "./source-failure.ts";
import { sentences } from "./values.ts";
import { unreadRemedies } from "./unread-text.ts";
import { words } from "./words.ts";

/**
 * The steps of an open alert, one line each: numbered steps that restore service, then steps that can wait.
 * @param renew the step that starts a renewal; absent while renewals from Slack are off
 */
export function alertSteps(alert: Alert, renew?: Spans): readonly Spans[] {
  const { verdict, failing, card } = alert;
  if (verdict === null || isUnanswered(alert))
    return failing === null
      ? []
      : failureSteps(failing.failure, failureRemedy(failing.failure, alert), words.alerts.confirm);
  if (isAboutIds(alert)) return unreadRemedies(verdict);
  const { saveIn, confirm } = words.alerts;
  return stepTexts(verdict, {
    save: saveIn(card.source),
    confirm,
    ...(renew !== undefined && isSolvedByToken(alert) ? { renew } : {}),
  });
}

/**
 * The steps for many alerts with one cause. Each token has its own place, so the text names no place.
 * @param renews true when renewals from Slack are on
 */
export function sharedSteps(alert: Alert, renews = false): readonly Spans[] {
  const { verdict, failing } = alert;
  if (verdict === null || isUnanswered(alert))
    return failing === null
      ? []
      : failureSteps(failing.failure, words.groups.failureRemedy(failing.failure), words.alerts.confirmAll);
  if (isAboutIds(alert)) return unreadRemedies(verdict);
  const { saveEach, confirmAll, renewEach } = words.alerts;
  return stepTexts(verdict, {
    save: saveEach,
    confirm: confirmAll,
    ...(renews && isSolvedByToken(alert) ? { renew: renewEach } : {}),
    write: stepForEach,
  });
}

/**
 * The steps in one line, for a reply.
 * @param renew the step that starts a renewal; absent while renewals from Slack are off
 */
export function stepSentence(
  alert: Pick<Alert, "kind" | "verdict" | "failing" | "card">,
  verdict: Verdict | null,
  renew?: Spans,
): readonly Spans[] {
  const { failing } = alert;
  if (verdict === null || isUnanswered(alert))
    return failing === null ? [] : [words.alerts.todo(failureRemedy(failing.failure, alert))];
  if (isAboutIds(alert)) return unreadRemedies(verdict);
  const { steps } = kept(verdict, {
    save: saveToken,
    ...(renew !== undefined && newTokenHelps(verdict) ? { renew } : {}),
  });
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

/** How the steps about a new token read. */
interface Form {
  /** Names where to save the new token; replaces the general step. */
  readonly save: Spans;
  readonly confirm?: Spans;
  /** Starts a renewal, which creates, saves and checks the new token. */
  readonly renew?: Spans;
  /** The form of the other steps. */
  readonly write?: (step: Spans) => Spans;
}

function stepTexts(verdict: Verdict, form: Form): readonly Spans[] {
  const { steps, afterwards } = kept(verdict, form);
  if (steps.length === 0) return [];
  return [
    ...steps.map((step, index) => words.alerts.step(index + 1, step)),
    ...(afterwards.length === 0 ? [] : [words.alerts.afterwards(sentences(...afterwards))]),
  ];
}

/**
 * The steps of the most urgent remedies, without duplicates. The step that saves the new token comes last, because the
 * other steps still change the token.
 */
function kept(verdict: Verdict, { save, confirm, renew, write = (step) => step }: Form): Remedy {
  const remedies = remediesOf(verdict).slice(0, MOST_REMEDIES);
  const all = new Set(remedies.flatMap((remedy) => remedy.steps));
  const others = [...all].filter((step) => step !== saveToken);
  // Only a remedy that ends with a saved token is one that a renewal does.
  const isRenewal = renew !== undefined && all.has(saveToken);
  const shown = (isRenewal ? withRenewal(others, renew) : others).map((step) => cutSpans(write(step), LONGEST));
  const steps = [
    ...fittingSpans(shown, ROOM),
    ...(isRenewal ? [words.alerts.followRenewal] : all.has(saveToken) ? [save] : []),
    ...(isRenewal || confirm === undefined || all.size === 0 ? [] : [confirm]),
  ];
  return { steps, afterwards: remedies.flatMap(({ afterwards }) => afterwards.map(write)) };
}

/**
 * The renewal takes the place of the first step that only creates a token. Without such a step it comes first, because
 * its message leads to Meta's page. Steps that a new token needs, such as assigning the account, stay before it.
 */
function withRenewal(steps: readonly Spans[], renew: Spans): readonly Spans[] {
  const at = Math.max(0, steps.findIndex(createsToken));
  return [...steps.slice(0, at), renew, ...steps.slice(at).filter((step) => !createsToken(step))];
}
