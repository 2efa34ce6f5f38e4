import { expect, it, onTestFinished } from "vitest";
import { openLiveStage } from "../../../sandbox/page/server/live-stage.ts";
import { createPlayer } from "../../../sandbox/page/server/stories/player.ts";
import { STORIES } from "../../../sandbox/page/server/stories/stories.ts";

it.each(STORIES)("the story “$title” plays to its end, and Slack refuses nothing in it", async ({ id, steps }) => {
  const live = await openLiveStage({ deployment: "healthy" });
  onTestFinished(live.close);
  const player = createPlayer(live, async () => undefined);
  const ended = new Promise<void>((resolve) => {
    player.onChange(() => {
      if (player.view().playing?.ended === true) resolve();
    });
  });
  await player.play(id);
  await ended;
  const { playing } = player.view();
  expect(playing).toMatchObject({ step: steps.length, caption: steps.at(-1)?.caption });
  expect(live.now().world.slack.rejections()).toEqual([]);
  const alert = live
    .now()
    .world.slack.person("robin")
    .channelMessages("wa-alerts")
    .find(({ text }) => text.startsWith("Fixed"));
  expect(alert?.text).toContain("The token was replaced");
});
