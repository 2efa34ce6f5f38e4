import { ALERTS } from "../page-world.ts";
import { at, inThread, type Story } from "./story.ts";

const WATCH = "orders-prod";

/** “Never” is a date, not a promise. */
export const REVOKED: Story = {
  id: "revoked",
  title: "A revoked Never-token",
  summary: "A token that never ends is revoked at Meta. How soon does anybody know?",
  deployment: "healthy",
  steps: [
    {
      caption: `${WATCH} works with a token that never ends. All is well, so the bot says nothing.`,
      look: at(ALERTS),
    },
    {
      caption: "Whoever asks is told, privately.",
      look: at("general"),
      act: async ({ robin, stage }) => {
        const before = robin.ephemerals().length;
        await robin.runCommand({ command: "/wa-token", text: `status ${WATCH}` });
        await stage.world.slack.waitFor(() => robin.ephemerals()[before]);
      },
    },
    {
      caption: "Somebody revokes the token at Meta. Meta tells nobody; messages to customers just stop.",
      look: at(ALERTS),
      act: async ({ stage }) => stage.desk.act(WATCH, "revoke"),
    },
    {
      caption: "The next check finds it, within the hour. The alert says what, why, what stops and what to do.",
      look: at(ALERTS),
      act: ({ later }) => later(1),
    },
    {
      caption: "Ten minutes later Robin acknowledges: everybody sees who is on it.",
      look: inThread(ALERTS),
      act: async ({ later, press }) => {
        await later(1 / 6);
        await press(ALERTS, "Acknowledge");
      },
    },
    {
      caption: "Half an hour later Robin has a new token, deploys it, and presses “Check now”.",
      look: inThread(ALERTS),
      act: async ({ stage, later, press }) => {
        await later(1 / 2);
        stage.desk.act(WATCH, "rotate");
        await press(ALERTS, "Check now");
      },
    },
    {
      caption: "Fixed. The same message says so, with how long it took.",
      look: at(ALERTS),
    },
  ],
};
