import { setTimeout as sleep } from "node:timers/promises";
import { openPressTest } from "../../slack/set-up/press-test.ts";
import { troubleText } from "../../slack/transport/trouble.ts";
import type { Desk } from "./desk.ts";
import type { Services } from "./services.ts";
import type { SlackValues } from "./slack-steps.ts";

/** Posts a test message with a button, and waits for its press or for Enter. A failure does not end the set-up. */
export async function pressStep(desk: Desk, services: Services, values: SlackValues): Promise<void> {
  const { ask, say } = desk;
  const { appToken, botToken, channel } = values;
  if (appToken === undefined) {
    say("In HTTP mode, start the bot first. Then test commands and buttons with /wa-token help in Slack.", "warning");
    return;
  }
  say("");
  if (!(await ask.confirm(`Post a test message with a button in ${channel}?`, true))) return;
  const { slack, now } = services;
  try {
    const test = await desk.wait("Connecting to Slack…", () =>
      openPressTest({ ...slack, appToken, botToken, channel, now, wait }),
    );
    const over = new AbortController();
    try {
      const entered = ask.enter(PRESS, over.signal).then(() => false);
      const isPressed = await Promise.race([test.pressed.then(() => true), entered]);
      over.abort();
      await entered;
      if (isPressed) say("The button was pressed: alerts and their buttons work.", "good");
      else say("Skipped: the message is deleted, and the button was not tested.", "warning");
    } finally {
      await test.close();
    }
  } catch (error) {
    if (error instanceof Error && error.name === "Stopped") throw error;
    say(`The test message failed: ${troubleText(error)}. Run doctor --post to find the cause.`, "bad");
  }
}

const PRESS =
  "Press the button in Slack (Enter to skip). If nothing happens, stop other bots of this Slack app, and run init again.";

/** For the connection to Slack. An aborted wait ends early and does not reject. */
async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
