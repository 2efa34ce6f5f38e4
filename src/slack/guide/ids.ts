/** Action ids of the guide. The value is a page: a topic, and the watch whose ids it shows. */
export const GUIDE = {
  whole: "guide.whole",
  /** From the whole guide to its first step. */
  walk: "guide.walk",
  previous: "guide.previous",
  next: "guide.next",
  jump: "guide.jump",
  /** From a help topic to the step that is done next. */
  step: "guide.step",
  /** Shows a topic beside what is there: on top of a modal, or as a new answer. */
  beside: "guide.beside",
} as const;

/** Buttons that only open a page; Slack reports them all the same, and they must be acknowledged. */
export const GUIDE_LINKS = { settings: "guide.link.settings", apps: "guide.link.apps" } as const;
