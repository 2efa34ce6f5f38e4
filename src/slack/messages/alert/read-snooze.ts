import { mayHoldSecret } from "../../../token/secret/shape.ts";
import type { FieldValue } from "../../requests/request.ts";
import { SNOOZE_REASON, SNOOZE_UNTIL } from "./ids.ts";
import { LONGEST_REASON } from "../../../alert/respond.ts";
import { words } from "../../../words/words.ts";
import { readSnoozeTime } from "./snooze-times.ts";

export type SnoozeReading =
  | { readonly ok: true; readonly until: Date; readonly reason: string }
  /** `field` is the block that shows the problem. */
  | { readonly ok: false; readonly problem: string; readonly field: string };

/**
 * Reads the submitted form. Other people see the reason, so text that may be a secret is refused and never repeated.
 */
export function readSnooze(values: readonly FieldValue[], now: Date): SnoozeReading {
  const { snoozeForm } = words;
  const valueOf = (field: string): string | undefined => values.find(({ blockId }) => blockId === field)?.value;
  const until = readSnoozeTime(valueOf(SNOOZE_UNTIL), now);
  const reason = (valueOf(SNOOZE_REASON) ?? "").trim();
  const bad = (field: string, problem: string): SnoozeReading => ({ ok: false, problem, field });

  if (until === undefined) return bad(SNOOZE_UNTIL, snoozeForm.noTime);
  if (until.getTime() <= now.getTime()) return bad(SNOOZE_UNTIL, snoozeForm.timePassed);
  if (reason === "") return bad(SNOOZE_REASON, snoozeForm.noReason);
  if (mayHoldSecret(reason)) return bad(SNOOZE_REASON, snoozeForm.secretReason);
  if (reason.length > LONGEST_REASON) return bad(SNOOZE_REASON, snoozeForm.longReason(LONGEST_REASON));
  return { ok: true, until, reason };
}
