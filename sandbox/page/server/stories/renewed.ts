import { RENEWAL } from "../../../../src/slack/messages/renewal/ids.ts";
import { words } from "../../../../src/words/words.ts";
import { ALERTS } from "../page-world.ts";
import { endOld, openRenewal, RENEWED_WATCH as WATCH, renewalWith, startRefresh } from "./renewal-moves.ts";
import { at, type Story } from "./story.ts";

const { buttons } = words.renewal;

/** From the warning to the end of the old token, without leaving Slack. */
export const RENEWED: Story = {
  id: "renewed",
  title: "A 60-day token renewed in Slack",
  summary: "The bot refreshes the token, saves it, proves that the app uses it, and ends the old one.",
  deployment: "two_weeks_left",
  steps: [
    {
      caption: `${WATCH} has less than 14 days left. The bot posts a warning with the button “${buttons.renew.text}”.`,
      look: at(ALERTS),
    },
    {
      caption: `Robin is an admin and presses “${buttons.renew.text}”. The bot shows which ways are possible.`,
      look: at(ALERTS),
      act: openRenewal,
    },
    {
      caption: "Robin chooses the refresh. The bot tests the new token and saves it, and the warning is fixed.",
      look: at(ALERTS),
      act: startRefresh,
    },
    {
      caption: "The app read its token at its start, so it still uses the old one. The bot asked the app.",
      look: at(ALERTS),
    },
    {
      caption: "Robin restarts the app. After three answers with the new token, the bot believes it.",
      look: at(ALERTS),
      act: ({ stage }) => Promise.resolve(stage.desk.restartApp(WATCH)),
    },
    {
      caption: "Now nothing uses the old token. It still works until an admin ends it.",
      look: at(ALERTS),
      travel: ({ later }) => later(3),
      act: async (scene) => {
        await renewalWith(scene, RENEWAL.end_old);
      },
    },
    {
      caption: `Robin presses “${buttons.end_old.text}” and confirms. Meta revokes the old token.`,
      look: at(ALERTS),
      act: endOld,
    },
    {
      caption: "The message shows each step, who did it, and the new end. No token was ever in Slack.",
      look: at(ALERTS),
    },
  ],
};
