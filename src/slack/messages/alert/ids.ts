/**
 * Action IDs of the buttons below an open alert, a group and a list. The value is a target (target.ts); for `guide` it
 * is a page of the guide.
 */
export const ALERT = {
  acknowledge: "alert.acknowledge",
  unacknowledge: "alert.unacknowledge",
  /** Opens the form. */
  snooze: "alert.snooze",
  unsnooze: "alert.unsnooze",
  check: "alert.check",
  guide: "alert.guide",
} as const;

/** Callback ID of the snooze form. The form's metadata holds the target. */
export const SNOOZE_FORM = "alert.snooze.form";

/** The form's fields. */
export const SNOOZE_UNTIL = "alert.snooze.until";
export const SNOOZE_REASON = "alert.snooze.reason";
