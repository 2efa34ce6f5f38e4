/** The command that starts the bot, as people type it in its folder. */
export const START = "npm start";
