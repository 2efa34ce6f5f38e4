import { MINUTE_MS } from "../../../../src/token/duration.ts";
import type { Reason } from "../../../../src/alert/alert.ts";
import { type QuietRules, quietUntil } from "../../../../src/outbox/quiet.ts";
import type { ForetoldWord } from "./forecast.ts";

/** One message that Slack would receive about a watch. */
export interface ToldMessage {
  readonly at: Date;
  readonly kind: "post" | "reply" | "escalation";
  /** The reason; for several combined messages, the reason of the last one. */
  readonly reason: Reason;
  /** The combined messages. There is more than one when quiet hours held them back. */
  readonly words: readonly ForetoldWord[];
}

export interface TellingRules {
  readonly quiet: QuietRules | undefined;
  /** The first tick at or after an instant: deliveries follow the checks. */
  readonly tickFrom: (instant: Date) => Date | null;
  /** The alert already has a message in Slack. */
  readonly posted: boolean;
  readonly escalates: boolean;
}

/**
 * The times at which people see these messages. A warning waits until quiet hours end, unless the alert becomes
 * critical before that. An alert without a message in Slack gets one message with the complete content. Pure.
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

/** A reminder waits one minute for reminders of other alerts. It is sent after the next checks. */
function gatheredAt({ reason }: ForetoldWord, at: Date, { tickFrom }: TellingRules): Date {
  return reason === "reminder" ? (tickFrom(new Date(at.getTime() + MINUTE_MS)) ?? at) : at;
}
