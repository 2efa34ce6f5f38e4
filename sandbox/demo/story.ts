import type { World } from "../world.ts";
import { checkScene } from "./scenes/check.ts";
import { guideScene } from "./scenes/guide.ts";
import { expiringScene, resolvedScene, revokedScene, roundScene } from "./scenes/watch.ts";
import type { Stage } from "./stage.ts";
import type { Teller } from "./teller.ts";
import { deployTokens } from "./watched.ts";

/** What is real here and what is not. */
export const opening = async (tell: Teller, pausing: boolean): Promise<void> => {
  await tell.scene("wa-token: the demo");
  await tell.caption(
    "The bot below is the real one. Slack and Meta's Graph are stand-ins on 127.0.0.1: no account, no network. " +
      "Neither .env nor any SLACK_*, META_* or WHATSAPP_* variable is read. What you see is what the bot sent.",
  );
  await tell.caption("You are robin. The clock is the demo's own, times are UTC.");
  if (pausing) await tell.caption("This takes a minute or two; Ctrl-C ends it, and --no-pause tells it at once.");
};

/** Every scene in its order. Throws when Slack would have refused something the bot sent. */
export const tellStory = async (tell: Teller, world: World): Promise<void> => {
  const deployed = deployTokens(world);
  const bot = await world.startBot();
  const stage: Stage = { world, bot, you: world.slack.person("robin"), tell };
  await tell.scene("1. The guide");
  await guideScene(stage);
  await tell.scene("2. Check five tokens");
  await checkScene(stage);
  await tell.scene("3. A round");
  await roundScene(stage);
  await tell.scene("4. Expiring");
  await expiringScene(stage, deployed);
  await tell.scene("5. Revoked");
  await revokedScene(stage, deployed);
  await tell.scene("6. Replaced and resolved");
  await resolvedScene(stage);
  const refused = world.slack.rejections()[0];
  if (refused !== undefined) throw new Error(`Slack would have refused ${refused.method}: ${refused.error}.`);
};

export const closing = async (tell: Teller): Promise<void> => {
  await tell.scene("What next");
  await tell.caption(
    "To run it in your own Slack: README.md, “Install”. It takes a Slack app made from manifest.yml and a .env.",
  );
};
