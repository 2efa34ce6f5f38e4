/**
 * Action ids of the buttons below an open alert, a group and a list. The value is a target (target.ts), of `guide` a page
 * of the guide.
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

/** Callback id of the snooze form; the target is its metadata. */
export const SNOOZE_FORM = "alert.snooze.form";

/** Its fields. */
export const SNOOZE_UNTIL = "alert.snooze.until";
export const SNOOZE_REASON = "alert.snooze.reason";
