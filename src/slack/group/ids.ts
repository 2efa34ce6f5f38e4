/**
 * Action ids of the buttons below a group's message. The value is the group's id, of what undoes something with the
 * instant at which it was done, of `guide` a page of the guide.
 */
export const GROUP = {
  acknowledge: "group.acknowledge",
  unacknowledge: "group.unacknowledge",
  /** Opens the form. */
  snooze: "group.snooze",
  unsnooze: "group.unsnooze",
  check: "group.check",
  guide: "group.guide",
} as const;

/** Callback id of the snooze form for a whole group; the group's id is its metadata. */
export const GROUP_SNOOZE_FORM = "group.snooze.form";
