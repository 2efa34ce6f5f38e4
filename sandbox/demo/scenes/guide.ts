import { words } from "../../../src/words/words.ts";
import { answerTo, COMMAND, type Stage } from "../stage.ts";

/** The guide: one private answer to read in full or step by step. */
export async function guideScene(stage: Stage): Promise<void> {
  const { world, you, tell } = stage;
  await tell.caption("Your app needs a WhatsApp token, and you have never generated one. You are in #general.");
  const guide = await answerTo(stage, "guide");
  await tell.message(guide, WHOLE);

  const sam = world.slack.person("sam");
  const seen = sam.channelMessages("general").length + sam.ephemerals().length;
  await tell.caption(`Sam is in the same channel and sees ${seen === 0 ? "none of it" : `${seen} messages`}.`);

  await tell.caption("The full guide is long. You can also read it step by step, in the same place.");
  await tell.act("You press", `[ ${words.guide.walk} ]`);
  await you.click({ text: words.guide.walk }, { in: guide });
  const isNext = ({ ts, edits }: { readonly ts: string; readonly edits: number }): boolean =>
    ts === guide.ts && edits > guide.edits;
  await tell.message(await world.slack.waitFor(() => you.ephemerals().find(isNext)), WHOLE);

  await tell.caption("You can also search the guide for a topic or for the text of an error:");
  await tell.message(await answerTo(stage, "guide session has expired"), COMPACT);
  await tell.caption(`Other searches that work: ${COMMAND} guide system users, ${COMMAND} guide 131042`);
}

/** The whole message is shown once, without the empty lines that Slack leaves between blocks. */
const WHOLE = { tight: true };
const COMPACT = { tight: true, most: 9 };
