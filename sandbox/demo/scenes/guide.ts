import { answerTo, COMMAND, type Stage } from "../stage.ts";

/** Enough for the beginning and the first step. */
const FIRST_SCREEN = 22;
const COMPACT = 14;

/** The guide: one private answer that can be read whole, or walked through. */
export const guideScene = async (stage: Stage): Promise<void> => {
  const { world, you, tell } = stage;
  await tell.caption("Your app needs a token for WhatsApp, and you have never made one. You are in #general.");
  const guide = await answerTo(stage, "guide");
  await tell.message(guide, FIRST_SCREEN);

  const sam = world.slack.person("sam");
  const seen = sam.channelMessages("general").length + sam.ephemerals().length;
  await tell.caption(`What sam, in the same channel, sees of it: ${seen === 0 ? "nothing" : `${seen} messages`}.`);

  await tell.act("You press", "[ Walk step by step ]");
  await you.click({ text: "Walk step by step" }, { in: guide });
  const isNext = ({ ts, edits }: { readonly ts: string; readonly edits: number }): boolean =>
    ts === guide.ts && edits > guide.edits;
  await tell.message(await world.slack.waitFor(() => you.ephemerals().find(isNext)));

  await tell.caption("The next steps go on like this. You can also ask for a topic by its words:");
  await tell.message(await answerTo(stage, "guide system users"), COMPACT);
  await tell.caption(`Error texts find their topic too, for example: ${COMMAND} guide session has expired`);
};
