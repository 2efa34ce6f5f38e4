import { words } from "../../../src/words/words.ts";
import { COMMAND, modalTitled, pressInModal, type Stage } from "../stage.ts";
import { WATCHED } from "../watched.ts";

/** Checks five tokens, each with one lesson. The first result is shown in full. */
export async function checkScene(stage: Stage): Promise<void> {
  const { tell, world } = stage;
  const { never, apiSetup, sixtyDay, noMessaging, unassigned } = world.tokens;
  await tell.caption(`You have five tokens. Which ones work for the service ${WATCHED}? Only you see the results.`);

  await tell.caption(
    "Token 1 follows the guide: a token of a system user, with expiration “Never”. You paste it into the form.",
  );
  await tell.act("You type", `${COMMAND} check ${WATCHED}`);
  await ask(stage, never);
  await tell.modal(await modalTitled(stage, words.checkForm.title));
  await tell.act("You press", `[ ${words.checkForm.submit} ]`);
  await resultOf(stage, {});
  await leave(stage);

  const others: readonly Candidate[] = [
    { caption: "Token 2 is a copy of the token on the API Setup page.", token: apiSetup },
    { caption: "Token 3 was generated 55 days ago, for 60 days.", token: sixtyDay },
    { caption: "Token 4 does not have the permission to send messages.", token: noMessaging },
  ];
  for (const candidate of others) {
    await check(stage, candidate);
    await leave(stage);
  }

  const unseen = "Token 5 looks right, but its system user is not assigned to the WhatsApp account.";
  await check(stage, { caption: unseen, token: unassigned });
  await pressInModal(stage, words.results.buttons.showMeHow);
  await tell.modal(await modalTitled(stage, words.guide.modalTitle), COMPACT);
  await leave(stage);
}

interface Candidate {
  readonly caption: string;
  readonly token: string;
}

/** The part that differs between results: verdict, reasons, expiry date, permissions and reached objects. */
const VERDICT = { tight: true, most: "above the divider" } as const;
const COMPACT = { tight: true, most: 6 };

async function ask(stage: Stage, token: string): Promise<void> {
  const { you } = stage;
  await you.runCommand({ command: COMMAND, text: `check ${WATCHED}` });
  await modalTitled(stage, words.checkForm.title);
  await you.type({ blockId: /^check\.token\./ }, token);
}

async function resultOf(stage: Stage, extent: Parameters<Stage["tell"]["modal"]>[1]): Promise<void> {
  await stage.you.submit();
  await stage.tell.modal(await modalTitled(stage, words.results.checkTitle), extent);
}

async function leave({ you }: Stage): Promise<void> {
  await you.closeModal({ all: true });
}

async function check(stage: Stage, { caption, token }: Candidate): Promise<void> {
  await stage.tell.caption(caption);
  await ask(stage, token);
  await resultOf(stage, VERDICT);
}
