/** Action ids of the buttons below a list of alerts that stands elsewhere. The value names the alerts, by `idsValue`. */
export const LISTED = {
  acknowledge: "listed.acknowledge",
  /** Opens the form. */
  snooze: "listed.snooze",
} as const;

/** Callback id of the snooze form for them; its metadata names the alerts. */
export const LISTED_SNOOZE_FORM = "listed.snooze.form";
