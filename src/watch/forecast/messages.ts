import { MINUTE_MS } from "../../token/duration.ts";
import type { Reason } from "../../alert/alert.ts";
import { type QuietRules, quietUntil } from "../../outbox/quiet.ts";
import type { Announcement } from "./announcements.ts";

/** The part of an announcement that decides when it is sent. */
export type Announced = Pick<Announcement, "at" | "reason" | "severity">;

/** One message that Slack would receive about a watch. */
export interface ForecastMessage<A extends Announced = Announcement> {
  readonly at: Date;
  readonly kind: "post" | "reply" | "escalation";
  /** The reason; for several combined messages, the reason of the last one. */
  readonly reason: Reason;
  /** The combined messages. There is more than one when quiet hours held them back. */
  readonly announced: readonly A[];
}

export interface SendingRules {
  readonly quiet: QuietRules | undefined;
  /** The first tick at or after an instant: deliveries follow the checks. */
  readonly tickFrom: (instant: Date) => Date | null;
  /** The alert already has a message in Slack. */
  readonly posted: boolean;
  readonly escalates: boolean;
}

/**
 * The times at which people see these announcements. A warning waits until quiet hours end, unless the alert becomes
 * critical before that. An alert without a message in Slack gets one message with the complete content. Pure.
 */
export function forecastMessages<A extends Announced>(
  announced: readonly A[],
  rules: SendingRules,
): readonly ForecastMessage<A>[] {
  const messages: ForecastMessage<A>[] = [];
  let { posted } = rules;
  let held: { readonly announced: readonly A[]; readonly until: Date } | undefined;

  const send = (at: Date, said: readonly A[]): void => {
    const [first, ...others] = said;
    const last = others.at(-1) ?? first;
    if (first === undefined || last === undefined) return;
    if (posted)
      for (const one of said)
        messages.push({ at: gatheredAt(one, at, rules), kind: "reply", reason: one.reason, announced: [one] });
    else messages.push({ at, kind: "post", reason: last.reason, announced: said });
    posted = true;
  };
  const release = (by: Date): void => {
    if (held === undefined || held.until > by) return;
    send(held.until, held.announced);
    held = undefined;
  };

  for (const one of announced) {
    release(one.at);
    const ends = one.severity === "critical" ? null : quietUntil(rules.quiet, one.at);
    const until = ends === null ? null : rules.tickFrom(ends);
    if (until === null) {
      send(one.at, [...(held?.announced ?? []), one]);
      held = undefined;
    } else held = { announced: [...(held?.announced ?? []), one], until };
    if (one.reason === "escalated" && rules.escalates)
      messages.push({ at: one.at, kind: "escalation", reason: one.reason, announced: [one] });
  }
  if (held !== undefined) send(held.until, held.announced);
  return messages;
}

/** A reminder waits one minute for reminders of other alerts. It is sent after the next checks. */
function gatheredAt({ reason }: Announced, at: Date, { tickFrom }: SendingRules): Date {
  return reason === "reminder" ? (tickFrom(new Date(at.getTime() + MINUTE_MS)) ?? at) : at;
}
