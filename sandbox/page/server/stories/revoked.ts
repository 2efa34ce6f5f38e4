import { words } from "../../../../src/words/words.ts";
import { ALERTS } from "../page-world.ts";
import { at, inThread, type Story } from "./story.ts";

const WATCH = "orders-prod";

/** A token with expiration “Never” can still be revoked. */
export const REVOKED: Story = {
  id: "revoked",
  title: "A revoked token that never expires",
  summary: "Somebody revokes a token that never expires. How soon does the bot report it?",
  deployment: "healthy",
  steps: [
    {
      caption: `${WATCH} uses a token that never expires. The token works, so the bot posts nothing.`,
      look: at(ALERTS),
    },
    {
      caption: "Robin asks for the status. Only Robin sees the answer.",
      look: at("general"),
      act: async ({ robin, stage }) => {
        const before = robin.ephemerals().length;
        await robin.runCommand({ command: "/wa-token", text: `status ${WATCH}` });
        await stage.world.slack.waitFor(() => robin.ephemerals()[before]);
      },
    },
    {
      caption: "Somebody revokes the token at Meta. Meta notifies nobody, and messages to customers stop.",
      look: at(ALERTS),
      act: async ({ stage }) => stage.desk.act(WATCH, "revoke"),
    },
    {
      caption:
        "The next check finds the problem within the hour. The alert names the problem, its effects and the next steps.",
      look: at(ALERTS),
      travel: ({ later }) => later(1),
    },
    {
      caption: "Ten minutes later, Robin acknowledges the alert. Everybody sees that Robin is working on it.",
      look: inThread(ALERTS),
      travel: ({ later }) => later(1 / 6),
      act: ({ press }) => press(ALERTS, words.buttons.acknowledge.text),
    },
    {
      caption: `Half an hour later, Robin deploys a new token and presses “${words.buttons.check.text}”.`,
      look: inThread(ALERTS),
      travel: ({ later }) => later(1 / 2),
      act: async ({ stage, press }) => {
        stage.desk.act(WATCH, "rotate");
        await press(ALERTS, words.buttons.check.text);
      },
    },
    {
      caption: "The same message now says that the problem is fixed and how long it lasted.",
      look: at(ALERTS),
    },
  ],
};
