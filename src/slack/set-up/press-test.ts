import type { BlockAction } from "@slack/bolt";
import { type Secret } from "../../token/secret/secret.ts";
import { words } from "../../words/words.ts";
import { actions, button, section } from "../kit/blocks.ts";
import { mentionOf } from "../kit/mention.ts";
import { createSlack, type Slack, type SlackOptions } from "../transport/bolt.ts";
import { PRESS } from "./ids.ts";

export interface PressTestOptions extends Omit<SlackOptions, "mode" | "receiver"> {
  readonly appToken: Secret;
  readonly channel: string;
}

/** A message with a button that waits for its press. */
export interface PressTest {
  /** Resolves when a person has pressed the button and the message says so. */
  readonly pressed: Promise<void>;
  /** Closes the connection. Deletes the message if nobody has pressed the button. */
  readonly close: () => Promise<void>;
}

/**
 * Posts a test message to the alert channel, over the same connection that the bot will use. Rejects with the error of
 * Slack when Slack refuses a credential or the message.
 */
export async function openPressTest({ appToken, channel, ...options }: PressTestOptions): Promise<PressTest> {
  const slack = createSlack({ ...options, mode: { kind: "socket", appToken }, receiver: undefined });
  const pressed = Promise.withResolvers<void>();
  let isPressed = false;
  slack.app.action<BlockAction>(PRESS, async ({ ack, body, respond }) => {
    await ack();
    const text = pressTest.pressed(mentionOf(body.user.id) ?? body.user.id);
    isPressed = true;
    await respond({ text, blocks: [section(text)], replace_original: true });
    pressed.resolve();
  });
  try {
    await slack.start();
    const message = await post(slack, channel);
    return {
      pressed: pressed.promise,
      close: async () => {
        if (!isPressed) await slack.alerts.chat.delete(message).catch(() => undefined);
        await slack.stop();
      },
    };
  } catch (error) {
    await slack.stop();
    throw error;
  }
}

const { pressTest } = words.slackSetup;

async function post({ alerts }: Slack, channel: string): Promise<{ readonly channel: string; readonly ts: string }> {
  const { text, press } = pressTest;
  const posted = await alerts.chat.postMessage({
    channel,
    text,
    blocks: [section(text), actions(button({ id: PRESS, text: press, style: "primary" }))],
  });
  if (posted.ts === undefined) throw new Error(words.slackSetup.noMessageId);
  return { channel: posted.channel ?? channel, ts: posted.ts };
}
