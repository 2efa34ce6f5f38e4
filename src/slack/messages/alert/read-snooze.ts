import { mayHoldSecret } from "../../../token/secret/shape.ts";
import type { FieldValue } from "../../requests/request.ts";
import { SNOOZE_REASON, SNOOZE_UNTIL } from "./ids.ts";
import { LONGEST_REASON } from "../../../words/english/alerts.ts";
import { readSnoozeTime } from "./snooze-times.ts";

export type SnoozeReading =
  | { readonly ok: true; readonly until: Date; readonly reason: string }
  /** `field` is the block that shows the problem. */
  | { readonly ok: false; readonly problem: string; readonly field: string };

/**
 * Reads the submitted form. Other people see the reason, so text that may be a secret is refused and never repeated.
 */
export function readSnooze(values: readonly FieldValue[], now: Date): SnoozeReading {
  const valueOf = (field: string): string | undefined => values.find(({ blockId }) => blockId === field)?.value;
  const until = readSnoozeTime(valueOf(SNOOZE_UNTIL), now);
  const reason = (valueOf(SNOOZE_REASON) ?? "").trim();
  const bad = (field: string, problem: string): SnoozeReading => ({ ok: false, problem, field });

  if (until === undefined) return bad(SNOOZE_UNTIL, "Choose a time.");
  if (until.getTime() <= now.getTime()) return bad(SNOOZE_UNTIL, "That time has passed. Choose another one.");
  if (reason === "") return bad(SNOOZE_REASON, "Enter a reason. Other people will see it.");
  if (mayHoldSecret(reason))
    return bad(
      SNOOZE_REASON,
      "This looks like a token or secret. The bot did not save it, but Slack has seen it: replace it.",
    );
  if (reason.length > LONGEST_REASON) return bad(SNOOZE_REASON, `Use at most ${LONGEST_REASON} characters.`);
  return { ok: true, until, reason };
}
