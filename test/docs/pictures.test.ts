import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { payloadDigest } from "../../sandbox/page/pictures/digest.ts";
import { SCENES, setScene } from "../../sandbox/page/pictures/scenes.ts";
import { frameOf, STORY_PICTURES } from "../../sandbox/page/pictures/story-frames.ts";
import { openStage } from "../../sandbox/page/server/stage.ts";
import { perform } from "../../sandbox/page/server/stories/perform.ts";
import { createScene } from "../../sandbox/page/server/stories/scene.ts";
import type { StoryStep } from "../../sandbox/page/server/stories/story.ts";
import { readDocument, ROOT } from "./markdown.ts";

const IMAGES = join(ROOT, "docs/images");

const AGAIN = "npm run pictures";

const digests = JSON.parse(readFileSync(join(IMAGES, "digests.json"), "utf8")) as Readonly<Record<string, string>>;

const documents = ["README.md", "docs/alerts.md", "docs/commands.md", "docs/demo.md", "docs/renewal.md"]
  .map(readDocument)
  .join("\n");

// A failure means that the bot's messages changed. Run npm run pictures, and review the new pictures before you commit.
describe("the pictures", () => {
  it.each(SCENES)("$name shows the bot's current message", async (scene) => {
    const stage = await openStage(1, { deployment: scene.deployment });
    onTestFinished(stage.close);
    const payload = await setScene(scene, stage);
    const seen = payloadDigest(payload, stage.world) === digests[scene.name] ? "up to date" : `older: ${AGAIN}`;
    expect(seen).toBe("up to date");
  });

  it.each(STORY_PICTURES)("$name shows the bot's current messages at each step", async ({ name, story }) => {
    const stage = await openStage(1, { deployment: story.deployment });
    onTestFinished(stage.close);
    const { signal } = new AbortController();
    const frames: unknown[] = [];
    const show = async (step: StoryStep): Promise<void> => void frames.push(frameOf(step, stage));
    await perform(story, createScene(stage, signal), { announce: async () => undefined, show }, signal);
    expect(frames).toHaveLength(story.steps.length);
    const seen = payloadDigest(frames, stage.world) === digests[name] ? "up to date" : `older: ${AGAIN} -- ${name}`;
    expect(seen).toBe("up to date");
    expect(statSync(join(IMAGES, `${name}.gif`)).size).toBeLessThan(1_500_000);
  });

  it.each(SCENES)("$name exists in light and dark, and a document shows it", ({ name }) => {
    for (const theme of ["light", "dark"]) {
      expect(existsSync(join(IMAGES, `${name}-${theme}.png`))).toBe(true);
      expect(documents.includes(`images/${name}-${theme}.png`)).toBe(true);
    }
  });

  it.each(STORY_PICTURES)("a document shows $name", ({ name }) => {
    expect(documents.includes(`images/${name}.gif`)).toBe(true);
  });

  it("has no digest without a picture", () => {
    expect(Object.keys(digests)).toEqual([...SCENES, ...STORY_PICTURES].map(({ name }) => name));
  });
});
