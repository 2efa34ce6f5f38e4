import type { Spans } from "../../../guide/rich-text.ts";
import { sentences } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";

/** The result of "Check all now", as numbers of tokens. */
export interface CheckedAll {
  /** All tokens of the message. */
  readonly of: number;
  readonly healthy: number;
  readonly broken: number;
  /** Meta did not answer. */
  readonly unanswered: number;
  /** Another check of the token is running, or this bot had a problem. */
  readonly skipped: number;
}

/** The result in short. The message has the details. */
export function checkedAllText({ of, healthy, broken, unanswered, skipped }: CheckedAll): Spans {
  const { pressReplies } = words;
  const checked = healthy + broken + unanswered;
  const left = of - checked - skipped;
  const results = [
    ...(healthy > 0 ? [pressReplies.healthy(healthy)] : []),
    ...(broken > 0 ? [pressReplies.notFixed(broken)] : []),
    ...(unanswered > 0 ? [pressReplies.unanswered(unanswered)] : []),
    ...(skipped > 0 ? [pressReplies.skipped(skipped)] : []),
  ];
  return sentences(
    pressReplies.checked(checked, of, results.join(", ")),
    left > 0 ? pressReplies.pressAgain(left) : [],
  );
}
