import { MINUTE_MS } from "../../../../src/token/duration.ts";
import type { Reason } from "../../../../src/watch/alert.ts";
import { type QuietRules, quietUntil } from "../../../../src/watch/quiet.ts";
import type { ForetoldWord } from "./forecast.ts";

/** One message that Slack would get about a watch. */
export interface ToldMessage {
  readonly at: Date;
  readonly kind: "post" | "reply" | "escalation";
  /** Why; of several words that are told together the last. */
  readonly reason: Reason;
  /** The words that it tells, more than one when quiet hours held them back. */
  readonly words: readonly ForetoldWord[];
}

export interface TellingRules {
  readonly quiet: QuietRules | undefined;
  /** The first tick at or after an instant: the courier goes after rounds. */
  readonly tickFrom: (instant: Date) => Date | null;
  /** Its alert has a message already. */
  readonly posted: boolean;
  readonly escalates: boolean;
}

/**
 * When people read those words: what is not critical waits for quiet hours to end, unless the alert becomes critical
 * meanwhile. An alert that was never posted is told by one message, which says everything. Pure.
 */
export function toldMessages(words: readonly ForetoldWord[], rules: TellingRules): readonly ToldMessage[] {
  const messages: ToldMessage[] = [];
  let { posted } = rules;
  let held: { readonly words: ForetoldWord[]; readonly until: Date } | undefined;

  const tell = (at: Date, said: readonly ForetoldWord[]): void => {
    const [first, ...others] = said;
    const last = others.at(-1) ?? first;
    if (first === undefined || last === undefined) return;
    if (posted)
      for (const word of said)
        messages.push({ at: gatheredAt(word, at, rules), kind: "reply", reason: word.reason, words: [word] });
    else messages.push({ at, kind: "post", reason: last.reason, words: said });
    posted = true;
  };
  const release = (by: Date): void => {
    if (held === undefined || held.until > by) return;
    tell(held.until, held.words);
    held = undefined;
  };

  for (const word of words) {
    release(word.at);
    const ends = word.severity === "critical" ? null : quietUntil(rules.quiet, word.at);
    const until = ends === null ? null : rules.tickFrom(ends);
    if (until === null) {
      tell(word.at, [...(held?.words ?? []), word]);
      held = undefined;
    } else held = { words: [...(held?.words ?? []), word], until };
    if (word.reason === "escalated" && rules.escalates)
      messages.push({ at: word.at, kind: "escalation", reason: word.reason, words: [word] });
  }
  if (held !== undefined) tell(held.until, held.words);
  return messages;
}

/** A reminder waits a minute for those of other alerts, and the courier looks again after the next round. */
function gatheredAt({ reason }: ForetoldWord, at: Date, { tickFrom }: TellingRules): Date {
  return reason === "reminder" ? (tickFrom(new Date(at.getTime() + MINUTE_MS)) ?? at) : at;
}
