import type { Spans } from "../guide/rich-text.ts";
import type { Alert } from "../alert/alert.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import { failureText } from "./fact-text.ts";
import { foreign } from "./values.ts";
import { words } from "./words.ts";

/** Why checks of an alert's token fail, without the remedy if the steps give it. */
export function failureCause(failure: InspectionFailure, { card }: Pick<Alert, "card">): Spans {
  const known = sourceProblem(failure, card.source);
  return known === undefined ? failureText(failure) : words.alerts.cannotRead(card.source, known.problem);
}

/** What a person does about a failed check; for a token that could not be read, the remedy of its own problem. */
export function failureRemedy(failure: InspectionFailure, { card }: Pick<Alert, "card">): Spans {
  const known = sourceProblem(failure, card.source);
  return known === undefined ? words.failures.next(failure, "round") : [foreign(known.remedy, LONGEST)];
}

const LONGEST = 300;

interface SourceProblem {
  /** "it does not exist." */
  readonly problem: string;
  /** "Create the file, or correct the path of the source." */
  readonly remedy: string;
}

/**
 * The two parts of "Could not read SOURCE: it does not exist. Create the file, …" (secrets/reader.ts). Undefined for
 * other failures, and for a source that the message does not show.
 */
function sourceProblem({ kind, message }: InspectionFailure, source: string): SourceProblem | undefined {
  const start = `Could not read ${source}: `;
  if (kind !== "unreadable" || !message.startsWith(start)) return undefined;
  const [, problem, remedy] = /^(.+?\.) (?=\p{Lu})(.+)$/u.exec(message.slice(start.length)) ?? [];
  return problem === undefined || remedy === undefined ? undefined : { problem, remedy };
}
