/** Action IDs of the guide. The value of each button is a page: a topic and, if known, a watch. */
export const GUIDE = {
  whole: "guide.whole",
  /** From the whole guide to its first step. */
  walk: "guide.walk",
  previous: "guide.previous",
  next: "guide.next",
  jump: "guide.jump",
  /** From a help topic to the setup step that comes next. */
  step: "guide.step",
  /** Shows a topic without replacing the current view: on top of a modal, or as a new message. */
  beside: "guide.beside",
} as const;

/** Buttons that only open a page. Slack reports these clicks too, and expects an acknowledgement. */
export const GUIDE_LINKS = { settings: "guide.link.settings", apps: "guide.link.apps" } as const;
