import { RENEWAL } from "../../../../src/slack/messages/renewal/ids.ts";
import { RENEW_FORM } from "../../../../src/slack/renewal/ids.ts";
import { words } from "../../../../src/words/words.ts";
import type { SeenMessage } from "../../../slack/messages.ts";
import { ALERTS } from "../page-world.ts";
import type { Scene } from "./story.ts";

/** Presses "Renew…" on the alert of the watch, and waits for the dialog. */
export async function openRenewal({ robin, stage }: Scene): Promise<void> {
  const alert = robin
    .channelMessages(ALERTS)
    .findLast((message) => JSON.stringify(message).includes(RENEWAL.renew) && message.text.includes(RENEWED_WATCH));
  if (alert === undefined) throw new Error(`there is no alert of ${RENEWED_WATCH}`);
  await robin.click({ text: buttons.renew.text }, { in: alert });
  await stage.world.slack.waitFor(() => robin.modal()?.callbackId === RENEW_FORM);
}

/** Starts the refresh, and waits until the bot knows that the app still uses the old token. */
export async function startRefresh(scene: Scene): Promise<void> {
  await scene.robin.submit();
  await renewalWith(scene, PROOF_PATH);
  await scene.robin.closeModal({ all: true });
}

/** Presses "End old token…", confirms, and waits until the message says that it ended. */
export async function endOld(scene: Scene): Promise<void> {
  const { robin, stage } = scene;
  const [old] = stage.desk.deployed(RENEWED_WATCH);
  await robin.click({ text: buttons.end_old.text }, { in: await renewalWith(scene, RENEWAL.end_old) });
  await stage.world.slack.waitFor(
    () =>
      old !== undefined &&
      stage.world.graph.state.tokens.get(old.raw)?.standing.kind === "revoked" &&
      !JSON.stringify(robin.channelMessages(ALERTS)).includes(RENEWAL.end_old),
  );
}

/** The message of the renewal, as soon as it holds this text or button. */
export function renewalWith({ robin, stage }: Scene, text: string): Promise<SeenMessage> {
  return stage.world.slack.waitFor(() =>
    robin.channelMessages(ALERTS).findLast((message) => JSON.stringify(message).includes(text)),
  );
}

/** The watch whose token an app uses. */
export const RENEWED_WATCH = "support-prod";

/** The message names the app that still uses the old token by its address. */
const PROOF_PATH = "/token-fingerprint";

const { buttons } = words.renewal;
