/** The bot's one slash command, as manifest.yml names it. */
export const COMMAND = "/wa-token";
