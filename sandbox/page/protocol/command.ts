/** The bot's only slash command, as manifest.yml names it. */
export const COMMAND = "/wa-token";
