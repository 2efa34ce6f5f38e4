import { COMMAND, modalTitled, pressInModal, type Stage } from "../stage.ts";
import { WATCHED } from "../watched.ts";

interface Candidate {
  readonly caption: string;
  readonly token: string;
}

/** What differs between results: the verdict, its reasons, when it ends, what it may do and reach. */
const VERDICT = { tight: true, most: "above the divider" } as const;
const COMPACT = { tight: true, most: 6 };

const ask = async (stage: Stage, token: string): Promise<void> => {
  const { you } = stage;
  await you.runCommand({ command: COMMAND, text: `check ${WATCHED}` });
  await modalTitled(stage, "Check a token");
  await you.type({ blockId: /^check\.token\./ }, token);
};

const resultOf = async (stage: Stage, extent: Parameters<Stage["tell"]["modal"]>[1]): Promise<void> => {
  await stage.you.submit();
  await stage.tell.modal(await modalTitled(stage, "Check result"), extent);
};

const leave = async ({ you }: Stage): Promise<void> => {
  await you.closeModal({ all: true });
};

const check = async (stage: Stage, { caption, token }: Candidate): Promise<void> => {
  await stage.tell.caption(caption);
  await ask(stage, token);
  await resultOf(stage, VERDICT);
};

/** Five tokens, each with one thing to know about it: the first result in full. */
export const checkScene = async (stage: Stage): Promise<void> => {
  const { tell, world } = stage;
  const { never, apiSetup, sixtyDay, noMessaging, unassigned } = world.tokens;
  await tell.caption(`You have five tokens. Which of them will do for the service ${WATCHED}? Each check is private.`);

  await tell.caption(
    "Token 1 was made as the guide says: for a system user, with expiration “Never”. You paste it into the form.",
  );
  await tell.act("You type", `${COMMAND} check ${WATCHED}`);
  await ask(stage, never);
  await tell.modal(await modalTitled(stage, "Check a token"));
  await tell.act("You press", "[ Check ]");
  await resultOf(stage, {});
  await leave(stage);

  const others: readonly Candidate[] = [
    { caption: "Token 2 was copied from the API Setup page.", token: apiSetup },
    { caption: "Token 3 was made for 60 days, 55 days ago.", token: sixtyDay },
    { caption: "Token 4 was made without the permission to send messages.", token: noMessaging },
  ];
  for (const candidate of others) {
    await check(stage, candidate);
    await leave(stage);
  }

  const unseen = "Token 5 looks right, but its system user was never given the WhatsApp account.";
  await check(stage, { caption: unseen, token: unassigned });
  await pressInModal(stage, "Show me how");
  await tell.modal(await modalTitled(stage, "WhatsApp token guide"), COMPACT);
  await leave(stage);
};
