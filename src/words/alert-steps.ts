import type { Spans } from "../guide/rich-text.ts";
import { isAboutIds, isUnanswered } from "../token/known.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert } from "../watch/alert.ts";
import { saveToken } from "./english/revoked.ts";
import { remediesOf, type Remedy } from "./finding-words.ts";
import { cutSpans, fittingSpans } from "./cut-spans.ts";
import { sentences } from "./values.ts";
import { unreadRemedies } from "./unread-text.ts";
import { words } from "./words.ts";

/** What to do about an open alert, a line each: numbered steps that restore service, then what can wait. */
export function alertSteps(alert: Alert): readonly Spans[] {
  const { verdict, failing, card } = alert;
  if (verdict === null || isUnanswered(alert))
    return failing === null ? [] : [words.alerts.todo(words.failures.next(failing.failure, "round"))];
  if (isAboutIds(alert)) return unreadRemedies(verdict);
  return stepTexts(verdict, words.alerts.saveIn(card.source), words.alerts.confirm);
}

/** The same for many alerts with one cause: each token is read from a place of its own. */
export function sharedSteps(alert: Alert): readonly Spans[] {
  const { verdict, failing } = alert;
  if (verdict === null || isUnanswered(alert))
    return failing === null ? [] : [words.alerts.todo(words.failures.next(failing.failure, "round"))];
  return isAboutIds(alert)
    ? unreadRemedies(verdict)
    : stepTexts(verdict, words.alerts.saveEach, words.alerts.confirmAll);
}

/** What to do in one line, for a reply. */
export function stepSentence(
  alert: Pick<Alert, "kind" | "verdict" | "failing">,
  verdict: Verdict | null,
): readonly Spans[] {
  const { failing } = alert;
  if (verdict === null || isUnanswered(alert))
    return failing === null ? [] : [words.alerts.todo(words.failures.next(failing.failure, "round"))];
  if (isAboutIds(alert)) return unreadRemedies(verdict);
  const { steps } = kept(verdict, saveToken);
  return steps.length === 0 ? [] : [words.alerts.todo(sentences(...steps))];
}

/** More steps than these at once do not help. */
const MOST_REMEDIES = 4;
const ROOM = 380;
const LONGEST = 300;

/** @param save where the new token goes, in place of the general sentence */
function stepTexts(verdict: Verdict, save: Spans, confirm: Spans): readonly Spans[] {
  const { steps, afterwards } = kept(verdict, save);
  if (steps.length === 0) return [];
  return [
    ...[...steps, confirm].map((step, index) => words.alerts.step(index + 1, step)),
    ...(afterwards.length === 0 ? [] : [words.alerts.afterwards(sentences(...afterwards))]),
  ];
}

/** The steps of the most urgent remedies, each once. The new token is saved last, after all that makes it right. */
function kept(verdict: Verdict, save: Spans): Remedy {
  const remedies = remediesOf(verdict).slice(0, MOST_REMEDIES);
  const all = new Set(remedies.flatMap((remedy) => remedy.steps));
  const others = [...all].filter((step) => step !== saveToken).map((step) => cutSpans(step, LONGEST));
  const steps = [...fittingSpans(others, ROOM), ...(all.has(saveToken) ? [save] : [])];
  return { steps, afterwards: remedies.flatMap(({ afterwards }) => afterwards) };
}
