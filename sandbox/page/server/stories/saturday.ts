import { ALERTS, ONCALL } from "../page-world.ts";
import { at, inThread, type Story } from "./story.ts";

const WATCH = "support-prod";

/** Warned in good time, and forgotten over the weekend. */
export const SATURDAY: Story = {
  id: "saturday",
  title: "A Saturday expiry",
  summary: "A 60-day token ends at the weekend. Who hears of it, and when?",
  deployment: "ends_on_saturday",
  steps: [
    {
      caption: `Tuesday. ${WATCH} works with a token of 60 days. It ends on Saturday; the bot has said so.`,
      look: at(ALERTS),
    },
    {
      caption: "Wednesday: three days are left. The same message is edited, with a word in its thread.",
      look: inThread(ALERTS),
      act: ({ goTo }) => goTo("2026-11-25T14:00:00Z"),
    },
    {
      caption: "Friday: one day is left. Now it is critical, and its owner is mentioned.",
      look: inThread(ALERTS),
      act: ({ goTo }) => goTo("2026-11-27T14:00:00Z"),
    },
    {
      caption: "Robin acknowledges: no more reminders. Then comes the weekend, and Robin forgets.",
      look: at(ALERTS),
      act: ({ press }) => press(ALERTS, "Acknowledge"),
    },
    {
      caption: "Saturday 14:00: the token has ended. That is worse than what Robin answered, so all hear of it again.",
      look: inThread(ALERTS),
      act: ({ goTo }) => goTo("2026-11-28T14:00:00Z"),
    },
    {
      caption: `Nobody answers for an hour. The alert goes on to #${ONCALL}.`,
      look: at(ONCALL),
      act: ({ goTo }) => goTo("2026-11-28T15:00:00Z"),
    },
    {
      caption: "Sunday: a reminder. Quiet days hold back warnings, never what is critical.",
      look: inThread(ALERTS),
      act: ({ goTo }) => goTo("2026-11-29T14:00:00Z"),
    },
    {
      caption: "Monday 09:00: people are back, and the weekly digest says how every token is.",
      look: at(ALERTS),
      act: ({ goTo }) => goTo("2026-11-30T09:00:00Z"),
    },
    {
      caption: "Robin makes a new token and deploys it. The bot finds it at its next check: fixed.",
      look: inThread(ALERTS),
      act: async ({ stage, goTo }) => {
        stage.desk.act(WATCH, "rotate");
        await goTo("2026-11-30T10:00:00Z");
      },
    },
  ],
};
