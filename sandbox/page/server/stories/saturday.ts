import { words } from "../../../../src/words/words.ts";
import { ALERTS, ONCALL } from "../page-world.ts";
import { at, inThread, type Story } from "./story.ts";

const WATCH = "support-prod";

/** The bot warns in time, but people forget the token over the weekend. */
export const SATURDAY: Story = {
  id: "saturday",
  title: "A Saturday expiry",
  summary: "A 60-day token expires at the weekend. Who is notified, and when?",
  deployment: "ends_on_saturday",
  steps: [
    {
      caption: `Tuesday: ${WATCH} uses a 60-day token that expires on Saturday. The bot has posted an alert.`,
      look: at(ALERTS),
    },
    {
      caption: "Wednesday: less than three days are left. The bot edits the same message and replies in its thread.",
      look: inThread(ALERTS),
      travel: ({ goTo }) => goTo("2026-11-25T14:00:00Z"),
    },
    {
      caption: "Friday: less than one day is left. The alert is now critical, and the bot mentions the owner.",
      look: inThread(ALERTS),
      travel: ({ goTo }) => goTo("2026-11-27T14:00:00Z"),
    },
    {
      caption: "Robin acknowledges the alert, so reminders stop. Over the weekend, Robin forgets the token.",
      look: at(ALERTS),
      act: ({ press }) => press(ALERTS, words.buttons.acknowledge.text),
    },
    {
      caption:
        "Saturday 14:00: the token has expired. That is worse than what Robin acknowledged, so the bot notifies everybody again.",
      look: inThread(ALERTS),
      travel: ({ goTo }) => goTo("2026-11-28T14:00:00Z"),
    },
    {
      caption: `Nobody responds for an hour. The bot escalates the alert to #${ONCALL}.`,
      look: at(ONCALL),
      travel: ({ goTo }) => goTo("2026-11-28T15:00:00Z"),
    },
    {
      caption: "Sunday: the bot sends a reminder. Quiet days hold back warnings, but never critical alerts.",
      look: inThread(ALERTS),
      travel: ({ goTo }) => goTo("2026-11-29T14:00:00Z"),
    },
    {
      caption: "Monday 09:00: people are back. The weekly digest shows the state of every token.",
      look: at(ALERTS),
      travel: ({ goTo }) => goTo("2026-11-30T09:00:00Z"),
    },
    {
      caption: "Robin generates and deploys a new token.",
      look: inThread(ALERTS),
      act: async ({ stage }) => stage.desk.act(WATCH, "rotate"),
    },
    {
      caption: "Monday 10:00: the next check finds the new token, and the alert is fixed.",
      look: inThread(ALERTS),
      travel: ({ goTo }) => goTo("2026-11-30T10:00:00Z"),
    },
  ],
};
