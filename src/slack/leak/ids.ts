/** Callback ID of the message shortcut "Check for a leaked token". manifest.yml has the same ID. */
export const LEAK_SHORTCUT = "leak.check";
