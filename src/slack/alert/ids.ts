/** Action ids of the buttons below an open alert. The value is the alert's id, of `guide` a page of the guide. */
export const ALERT = {
  acknowledge: "alert.acknowledge",
  unacknowledge: "alert.unacknowledge",
  /** Opens the form. */
  snooze: "alert.snooze",
  unsnooze: "alert.unsnooze",
  check: "alert.check",
  guide: "alert.guide",
} as const;

/** Callback id of the snooze form; the alert's id is its metadata. */
export const SNOOZE_FORM = "alert.snooze.form";

/** Its fields. */
export const SNOOZE_UNTIL = "alert.snooze.until";
export const SNOOZE_REASON = "alert.snooze.reason";
