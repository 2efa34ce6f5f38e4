/** `ok`, an error of Slack's, or `no Slack answer`. */
export type Said = string;

interface Difference {
  readonly sandbox: Said;
  readonly emulate: Said;
  /** Why the sandbox is right to differ; pages of docs.slack.dev, read 2026-11. */
  readonly why: string;
}

/** Where the sandbox answers otherwise, by the name of the question. Everything else has to be the same. */
export const DIFFERENCES: Readonly<Record<string, Difference>> = {
  "auth.test with a token of nobody": {
    sandbox: "invalid_auth",
    emulate: "ok",
    why: "A mistyped token has to fail as in Slack (auth.test); emulate takes any.",
  },
  "a method that is none": {
    sandbox: "unknown_method",
    emulate: "no Slack answer",
    why: "Slack answers every path below /api with JSON; emulate with a 404 of its own.",
  },
  "chat.postMessage with a block beyond the limits": {
    sandbox: "invalid_blocks",
    emulate: "ok",
    why: "A header has 150 characters (header block); emulate knows no limits.",
  },
  "views.open with a trigger of nobody": {
    sandbox: "invalid_arguments",
    emulate: "invalid_trigger_id",
    why: "What is no trigger id at all is a bad argument (views.open).",
  },
  "views.open without a title": {
    sandbox: "invalid_arguments",
    emulate: "invalid_view",
    why: "Slack says it with the place in the view (views.open); there is no invalid_view.",
  },
  "views.open with a title beyond the limits": {
    sandbox: "invalid_arguments",
    emulate: "ok",
    why: "A title has 24 characters (modal views); emulate knows no limits.",
  },
  "views.open of a home": {
    sandbox: "invalid_arguments",
    emulate: "invalid_view",
    why: "As without a title.",
  },
  "views.open with an external id that is taken": {
    sandbox: "ok",
    emulate: "duplicate_external_id",
    why: "views.open takes the place of what was open, and so frees its id; emulate never removes a view.",
  },
  "views.publish of a modal": {
    sandbox: "invalid_arguments",
    emulate: "invalid_view",
    why: "As without a title.",
  },
};

/** Fields that Slack has, the sandbox too, and emulate does not: what a bot gets back for what it left out. */
export const ADDED = [/\.block_id: string$/, /^\.view\.app_installed_team_id: /, /^\.view\.state\.values\./];
