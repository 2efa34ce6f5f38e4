import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { payloadDigest } from "../../sandbox/page/pictures/digest.ts";
import { SCENES, setScene } from "../../sandbox/page/pictures/scenes.ts";
import { openStage } from "../../sandbox/page/server/stage.ts";
import { readDocument, ROOT } from "./markdown.ts";

const IMAGES = join(ROOT, "docs/images");

const digests = JSON.parse(readFileSync(join(IMAGES, "digests.json"), "utf8")) as Readonly<Record<string, string>>;

const documents = ["README.md", "docs/operations.md"].map(readDocument).join("\n");

// When one of these fails, what the bot sends changed: npm run pictures, and look at the new ones before you commit them.
describe("the pictures", () => {
  it.each(SCENES)("$name shows what the bot sends now", async (scene) => {
    const stage = await openStage(1, { deployment: scene.deployment });
    onTestFinished(stage.close);
    const payload = await setScene(scene, stage);
    const seen = payloadDigest(payload, stage.world) === digests[scene.name] ? "up to date" : "older: npm run pictures";
    expect(seen).toBe("up to date");
  });

  it.each(SCENES)("$name is there in light and dark, and a document shows it", ({ name }) => {
    for (const theme of ["light", "dark"]) {
      expect(existsSync(join(IMAGES, `${name}-${theme}.png`))).toBe(true);
      expect(documents.includes(`images/${name}-${theme}.png`)).toBe(true);
    }
  });

  it("has no digest of a picture that is not made", () => {
    expect(Object.keys(digests)).toEqual(SCENES.map(({ name }) => name));
  });
});
