import { RENEWAL } from "../../../../src/slack/messages/renewal/ids.ts";
import { RENEW_FORM } from "../../../../src/slack/renewal/ids.ts";
import { words } from "../../../../src/words/words.ts";
import type { SeenMessage } from "../../../slack/messages.ts";
import { ALERTS } from "../page-world.ts";
import { at, type Scene, type Story } from "./story.ts";

const WATCH = "support-prod";

/** The message names the app that still uses the old token by its address. */
const PROOF_PATH = "/token-fingerprint";

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
      act: openDialog,
    },
    {
      caption: "Robin chooses the refresh. The bot tests the new token and saves it, and the warning is fixed.",
      look: at(ALERTS),
      act: async (scene) => {
        await scene.robin.submit();
        await renewalWith(scene, PROOF_PATH);
        await scene.robin.closeModal({ all: true });
      },
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
      act: async (scene) => {
        const { robin, stage } = scene;
        const [old] = stage.desk.deployed(WATCH);
        await robin.click({ text: buttons.end_old.text }, { in: await renewalWith(scene, RENEWAL.end_old) });
        await stage.world.slack.waitFor(
          () =>
            old !== undefined &&
            stage.world.graph.state.tokens.get(old.raw)?.standing.kind === "revoked" &&
            !JSON.stringify(robin.channelMessages(ALERTS)).includes(RENEWAL.end_old),
        );
      },
    },
    {
      caption: "The message shows each step, who did it, and the new end. No token was ever in Slack.",
      look: at(ALERTS),
    },
  ],
};

async function openDialog({ robin, stage }: Scene): Promise<void> {
  const alert = robin
    .channelMessages(ALERTS)
    .findLast((message) => JSON.stringify(message).includes(RENEWAL.renew) && message.text.includes(WATCH));
  if (alert === undefined) throw new Error(`there is no alert of ${WATCH}`);
  await robin.click({ text: buttons.renew.text }, { in: alert });
  await stage.world.slack.waitFor(() => robin.modal()?.callbackId === RENEW_FORM);
}

/** The message of the renewal, as soon as it holds this text or button. */
function renewalWith({ robin, stage }: Scene, text: string): Promise<SeenMessage> {
  return stage.world.slack.waitFor(() =>
    robin.channelMessages(ALERTS).findLast((message) => JSON.stringify(message).includes(text)),
  );
}
