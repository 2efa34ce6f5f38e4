/** Action ids of the check. */
export const CHECK = {
  /** Opens the form; the value, if any, is the watch to pick. */
  open: "check.open",
  /** Replaces a result with a fresh form; the value, if any, is the watch to pick. */
  another: "check.another",
  /** The same with fields for IDs, to test what a token reaches. */
  withIds: "check.ids",
} as const;

/** Callback id of the form. */
export const CHECK_FORM = "check.form";

/**
 * Each form's fields carry a suffix of their own: Slack keeps typed values in an updated view wherever block id and
 * action id stay the same (modals, docs.slack.dev, read 2026-11), and one of these values is a token.
 */
export const WATCH_FIELD = "check.watch.";
export const TOKEN_FIELD = "check.token.";
export const PHONE_FIELD = "check.phone.";
export const ACCOUNT_FIELD = "check.account.";
