import type { World } from "../world.ts";
import { checkScene } from "./scenes/check.ts";
import { guideScene } from "./scenes/guide.ts";
import { expiringScene, resolvedScene, revokedScene, roundScene } from "./scenes/watch.ts";
import type { Stage } from "./stage.ts";
import type { Teller } from "./teller.ts";
import { deployTokens } from "./watched.ts";

/** Explains which parts are real. */
export async function opening(tell: Teller, pausing: boolean): Promise<void> {
  await tell.scene("wa-token: the demo");
  await tell.caption(
    "The bot below is real. Slack and Meta's Graph API are stand-ins on 127.0.0.1. The demo needs no account and no network. " +
      "It reads neither .env nor any SLACK_*, META_* or WHATSAPP_* variable. You see exactly what the bot sends.",
  );
  await tell.caption("You are robin. The demo has its own clock, and times are in UTC.");
  if (pausing)
    await tell.caption("This takes a minute or two. Press Ctrl-C to stop, or use --no-pause to skip the pauses.");
}

/** Plays every scene in order. Throws when Slack would have refused a request of the bot. */
export async function tellStory(tell: Teller, world: World): Promise<void> {
  const deployed = deployTokens(world);
  const bot = await world.startBot();
  const stage: Stage = { world, bot, you: world.slack.person("robin"), tell };
  await tell.scene("1. The guide");
  await guideScene(stage);
  await tell.scene("2. Check five tokens");
  await checkScene(stage);
  await tell.scene("3. A regular check");
  await roundScene(stage);
  await tell.scene("4. Expiring");
  await expiringScene(stage, deployed);
  await tell.scene("5. Revoked");
  await revokedScene(stage, deployed);
  await tell.scene("6. Replaced and resolved");
  await resolvedScene(stage);
  const refused = world.slack.rejections()[0];
  if (refused !== undefined) throw new Error(`Slack would have refused ${refused.method}: ${refused.error}.`);
}

export async function closing(tell: Teller): Promise<void> {
  await tell.scene("Next steps");
  await tell.caption(
    "To run the bot in your own Slack, follow “Install” in README.md. You need a Slack app created from manifest.yml and a .env.",
  );
}
