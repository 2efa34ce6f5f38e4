// `npm run pictures` prepares the scenes of sandbox/page/pictures in the playground and takes screenshots, light and
// dark, into docs/images. It also plays stories and writes animated pictures. Names of pictures as arguments select them
// (`npm run pictures -- story-revoked`); by default it takes all. test/docs/pictures.test.ts fails while a picture is older than the bot's texts. Look at the
// new pictures before you commit them. The font comes with the tests' Chromium, so that every machine produces nearly
// the same pictures.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { payloadDigest } from "../../sandbox/page/pictures/digest.ts";
import { HOME_ENDS_AT, type PictureScene, SCENES, setScene, type Shown } from "../../sandbox/page/pictures/scenes.ts";
import { STORY_PICTURES } from "../../sandbox/page/pictures/story-frames.ts";
import { type Assets, bundleClient } from "../../sandbox/page/server/assets.ts";
import { openPlayground } from "../../sandbox/page/server/playground.ts";
import { browserCandidates } from "../../test/page/find-browser.ts";
import { dress } from "./dress.ts";
import { film } from "./film.ts";
import { smallPng } from "./small-png.ts";

const IMAGES = join(import.meta.dirname, "../../docs/images");
const DIGESTS = join(IMAGES, "digests.json");

type Frame = NonNullable<Awaited<ReturnType<Locator["boundingBox"]>>>;

const THEMES = ["light", "dark"] as const;

/**
 * The bot spreads its checks randomly and shows the time of the next one. Predictable numbers make that time nearly the
 * same in each run. A small difference remains, because the sandbox also picks its ports randomly.
 */
let drawn = 0;
Math.random = () => {
  drawn += 1;
  return 0.5 + (drawn % 1000) / 10_000;
};

async function launch(): Promise<Browser> {
  for (const executablePath of await browserCandidates()) {
    try {
      return await chromium.launch({ executablePath, args: ["--disable-gpu", "--font-render-hinting=none"] });
    } catch (error) {
      console.error(`${executablePath}: ${error instanceof Error ? error.message.split("\n", 1)[0] : String(error)}`);
    }
  }
  throw new Error("No Chromium was found on this machine. The pictures were not changed.");
}

/** Opens the place of the picture and returns its element. */
async function look(page: Page, shown: Shown): Promise<Locator> {
  const place = (name: string): Locator => page.getByRole("navigation").getByRole("button", { name });
  switch (shown.kind) {
    case "modal":
      return page.getByRole("dialog", { name: shown.title });
    case "message":
      await place(shown.channel).click();
      return page
        .getByRole("main")
        .getByRole("article")
        .filter(shown.having === undefined ? {} : { hasText: shown.having })
        .last();
    case "home":
      await place("wa-token Home").click();
      return page.locator(".pg-home");
    case "timeline":
      await page.getByRole("button", { name: "Timeline" }).first().click();
      return page.locator(".tl-panel");
  }
}

/** The area of the screenshot: the element. For Home it ends above the history. */
async function frameOf(page: Page, thing: Locator, shown: Shown): Promise<Frame> {
  const box = await thing.boundingBox();
  if (box === null) throw new Error("The element of the picture is not on the page.");
  const line = shown.kind === "home" ? await page.getByText(HOME_ENDS_AT).boundingBox() : null;
  const [left, top] = [Math.ceil(box.x), Math.ceil(box.y)];
  const bottom = Math.floor(line?.y ?? box.y + box.height);
  return { x: left, y: top, width: Math.floor(box.x + box.width) - left, height: bottom - top };
}

async function photograph(browser: Browser, url: string, { name, shown }: PictureScene): Promise<void> {
  for (const theme of THEMES) {
    const page = await browser.newPage({
      timezoneId: "UTC",
      locale: "en-US",
      colorScheme: theme,
      reducedMotion: "reduce",
      bypassCSP: true,
      deviceScaleFactor: 1.25,
      viewport: { width: shown.kind === "timeline" ? 1340 : 1000, height: 1300 },
    });
    await page.goto(url);
    const thing = await look(page, shown);
    await thing.waitFor();
    await dress(page, { whole: true });
    const path = join(IMAGES, `${name}-${theme}.png`);
    const png = smallPng(
      await page.screenshot({ clip: await frameOf(page, thing, shown), animations: "disabled", caret: "hide" }),
    );
    writeFileSync(path, png);
    console.log(`${name}-${theme}.png: ${Math.round(png.length / 1024)} kB`);
    await page.close();
  }
}

async function picture(browser: Browser, assets: Assets, scene: PictureScene): Promise<string> {
  const playground = await openPlayground({ assets, deployment: scene.deployment, dataDir: DATA });
  try {
    const stage = playground.stage();
    const payload = await setScene(scene, stage);
    await photograph(browser, playground.url, scene);
    return payloadDigest(payload, stage.world);
  } finally {
    await playground.close();
  }
}

/** The alerts contain this path, so it is the same in each run. */
const DATA = join(tmpdir(), "wa-token");

/** Runs with an empty folder for the world's data. */
async function withData(take: () => Promise<string>): Promise<string> {
  rmSync(DATA, { recursive: true, force: true });
  mkdirSync(DATA);
  try {
    return await take();
  } finally {
    rmSync(DATA, { recursive: true, force: true });
  }
}

const browser = await launch();
const assets = await bundleClient();
const takers: ReadonlyMap<string, () => Promise<string>> = new Map([
  ...SCENES.map((scene) => [scene.name, () => picture(browser, assets, scene)] as const),
  ...STORY_PICTURES.map(
    (story) => [story.name, () => film(story, { browser, world: { assets, dataDir: DATA }, images: IMAGES })] as const,
  ),
]);
const chosen = process.argv.length > 2 ? process.argv.slice(2) : [...takers.keys()];
const unknown = chosen.find((name) => !takers.has(name));
if (unknown !== undefined)
  throw new Error(`There is no picture ${unknown}. There are ${[...takers.keys()].join(", ")}.`);
const digests = JSON.parse(readFileSync(DIGESTS, "utf8")) as Record<string, string>;
for (const [name, take] of takers) if (chosen.includes(name)) digests[name] = await withData(take);
writeFileSync(DIGESTS, `${JSON.stringify(digests, [...takers.keys()], 2)}\n`);
await browser.close();
