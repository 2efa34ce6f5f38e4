/** `ok`, an error of Slack, or `no Slack answer`. */
export type Said = string;

interface Difference {
  readonly sandbox: Said;
  readonly emulate: Said;
  /** Reason for the difference; pages of docs.slack.dev, read 2026-11. */
  readonly why: string;
}

/** The questions to which the sandbox answers differently, by name. All other answers must be the same. */
export const DIFFERENCES: Readonly<Record<string, Difference>> = {
  "auth.test with a token of nobody": {
    sandbox: "invalid_auth",
    emulate: "ok",
    why: "A mistyped token has to fail as in Slack (auth.test); emulate accepts any token.",
  },
  "a method that is none": {
    sandbox: "unknown_method",
    emulate: "no Slack answer",
    why: "Slack answers every path below /api with JSON; emulate answers with its own 404.",
  },
  "chat.postMessage with a block beyond the limits": {
    sandbox: "invalid_blocks",
    emulate: "ok",
    why: "A header has at most 150 characters (header block); emulate checks no limits.",
  },
  "views.open with a trigger of nobody": {
    sandbox: "invalid_arguments",
    emulate: "invalid_trigger_id",
    why: "A text that is not a trigger id is an invalid argument (views.open).",
  },
  "views.open without a title": {
    sandbox: "invalid_arguments",
    emulate: "invalid_view",
    why: "Slack names the place in the view (views.open); it has no error invalid_view.",
  },
  "views.open with a title beyond the limits": {
    sandbox: "invalid_arguments",
    emulate: "ok",
    why: "A title has at most 24 characters (modal views); emulate checks no limits.",
  },
  "views.open of a home": {
    sandbox: "invalid_arguments",
    emulate: "invalid_view",
    why: "As without a title.",
  },
  "views.open with an external id that is taken": {
    sandbox: "ok",
    emulate: "duplicate_external_id",
    why: "views.open replaces the open view and so frees its id; emulate never removes a view.",
  },
  "views.publish of a modal": {
    sandbox: "invalid_arguments",
    emulate: "invalid_view",
    why: "As without a title.",
  },
};

/**
 * Fields that Slack and the sandbox return for values that the bot left out. emulate does not return them. Slack names
 * the app of a bot in its messages, and emulate in auth.test.
 */
export const ADDED = [
  /\.block_id: string$/,
  /^\.view\.app_installed_team_id: /,
  /^\.view\.state\.values\./,
  /^\.(?:message\.|bot\.)?app_(?:id|name): /,
];
