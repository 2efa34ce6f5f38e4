/** Action ID of the menu of watches in the guide. The value of each option is a watch's name. */
export const START_CHECKLIST = "renewal.checklist";

/** Callback ID of the dialog "Renew…". Its metadata is the watch's name. */
export const RENEW_FORM = "renewal.start.form";
export const RENEW_WAY = "renewal.way";

/** Callback ID of the form for a new token. Its metadata is the renewal's ID. */
export const PASTE_FORM = "renewal.paste.form";

/**
 * The fields of each form have their own suffix. Slack keeps typed values in an updated view when block ID and action
 * ID stay the same (modals, docs.slack.dev, read 2026-11). One of these values is a token.
 */
export const PASTE_TOKEN = "renewal.token.";
export const PASTE_SOONER = "renewal.sooner.";
