import { answerTo, COMMAND, type Stage } from "../stage.ts";

/** Shown whole once, so without the room that Slack leaves between its blocks. */
const WHOLE = { tight: true };
const COMPACT = { tight: true, most: 9 };

/** The guide: one private answer that can be read whole, or walked through. */
export const guideScene = async (stage: Stage): Promise<void> => {
  const { world, you, tell } = stage;
  await tell.caption("Your app needs a token for WhatsApp, and you have never made one. You are in #general.");
  const guide = await answerTo(stage, "guide");
  await tell.message(guide, WHOLE);

  const sam = world.slack.person("sam");
  const seen = sam.channelMessages("general").length + sam.ephemerals().length;
  await tell.caption(`What sam, in the same channel, sees of it: ${seen === 0 ? "nothing" : `${seen} messages`}.`);

  await tell.caption("Read like this it is long; it can also be walked through, in the same place.");
  await tell.act("You press", "[ Walk step by step ]");
  await you.click({ text: "Walk step by step" }, { in: guide });
  const isNext = ({ ts, edits }: { readonly ts: string; readonly edits: number }): boolean =>
    ts === guide.ts && edits > guide.edits;
  await tell.message(await world.slack.waitFor(() => you.ephemerals().find(isNext)), WHOLE);

  await tell.caption("And you can ask for a topic by its words, or by the text of an error:");
  await tell.message(await answerTo(stage, "guide session has expired"), COMPACT);
  await tell.caption(`Other words that find something: ${COMMAND} guide system users, ${COMMAND} guide 131042`);
};
