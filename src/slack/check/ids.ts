/** Action ids of the check. */
export const CHECK = {
  /** Opens the form; the value, if any, is the watch to select. */
  open: "check.open",
  /** Replaces a result with a fresh form; the value, if any, is the watch to select. */
  another: "check.another",
  /** A fresh form with fields for IDs, to test which IDs a token reaches. */
  withIds: "check.ids",
} as const;

/** Callback id of the form. */
export const CHECK_FORM = "check.form";

/**
 * The fields of each form have their own suffix. Slack keeps typed values in an updated view when block ID and action
 * ID stay the same (modals, docs.slack.dev, read 2026-11). One of these values is a token.
 */
export const WATCH_FIELD = "check.watch.";
export const TOKEN_FIELD = "check.token.";
export const PHONE_FIELD = "check.phone.";
export const ACCOUNT_FIELD = "check.account.";
