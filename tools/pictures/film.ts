import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { payloadDigest } from "../../sandbox/page/pictures/digest.ts";
import { frameOf, type StoryPicture } from "../../sandbox/page/pictures/story-frames.ts";
import { openPlayground, type PlaygroundOptions } from "../../sandbox/page/server/playground.ts";
import { animatedGif, type GifFrame } from "./animated-gif.ts";
import { dress } from "./dress.ts";

export interface FilmOptions {
  readonly browser: Browser;
  readonly world: Pick<PlaygroundOptions, "assets" | "dataDir">;
  /** Folder of the picture. */
  readonly images: string;
}

/** Plays a story on the page, takes a screenshot after each step, and writes the animated picture. Returns its digest. */
export async function film({ name, story }: StoryPicture, { browser, world, images }: FilmOptions): Promise<string> {
  const frames: GifFrame[] = [];
  const payloads: unknown[] = [];
  const failures: unknown[] = [];
  const playground = await openPlayground({
    ...world,
    deployment: story.deployment,
    pause: async (ms, _signal, reading) => {
      const { playing } = playground.player.view();
      if (reading === "caption" || playing === null) return;
      payloads.push(frameOf(playing, playground.stage()));
      await screenshot(browser, playground.url, playing.caption).then(
        (png) => frames.push({ png, ms: ms + READING_MS }),
        (error: unknown) => failures.push(error),
      );
    },
  });
  try {
    await playground.player.play(story.id);
    await playground.player.over();
    const problem =
      failures[0] ?? (frames.length === story.steps.length ? undefined : playground.player.view().playing);
    if (problem !== undefined) throw new Error(`the story ${story.id} was not filmed`, { cause: problem });
    const gif = animatedGif(frames);
    writeFileSync(join(images, `${name}.gif`), gif);
    const seconds = frames.reduce((sum, { ms }) => sum + ms, 0) / 1_000;
    console.log(`${name}.gif: ${Math.round(gif.length / 1024)} kB, ${frames.length} frames, ${seconds} seconds`);
    return payloadDigest(payloads, playground.stage().world);
  } finally {
    await playground.close();
  }
}

/** People read the caption and the message, and nobody can pause a picture. */
const READING_MS = 1_000;

/** Each frame is a fresh page, because the drawn emoji replace texts that the page wants to change later. */
async function screenshot(browser: Browser, url: string, caption: string): Promise<Buffer> {
  const page = await browser.newPage({
    timezoneId: "UTC",
    locale: "en-US",
    colorScheme: "light",
    reducedMotion: "reduce",
    bypassCSP: true,
    deviceScaleFactor: 1.5,
    viewport: { width: 720, height: 700 },
  });
  try {
    await page.goto(url);
    await page.getByText(caption).waitFor();
    await dress(page, { whole: false });
    await page.addStyleTag({ content: WITHOUT_CONTROLS });
    await page.evaluate(SHOW_NEWEST);
    return await page.screenshot({ animations: "disabled", caret: "hide" });
  } finally {
    await page.close();
  }
}

/** A picture cannot be operated, and its messages need the space. */
const WITHOUT_CONTROLS = ".st-buttons, .tm-moves, .tm-panels, .pg-composer { display: none !important; }";

/** Puts the beginning of the newest message at the top. A private answer counts only where nothing else is. */
const SHOW_NEWEST = `{
  const messages = [...document.querySelectorAll(".pg-messages .pg-message")];
  const newest = messages.findLast((message) => message.dataset.private !== "true") ?? messages.at(-1);
  newest?.scrollIntoView({ block: "start" });
}`;
