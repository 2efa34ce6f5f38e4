import { openWorld, type World } from "../../world.ts";
import type { Bot } from "../../bot.ts";
import { createBriefWait } from "../../brief-wait.ts";
import { bundleClient, FIXED_ASSETS } from "./assets.ts";
import type { Feed } from "./feed.ts";
import { deployPageTokens, PAGE_WORLD, WATCHES } from "./page-world.ts";
import { createRoutes } from "./routes.ts";
import { openPageServer } from "./server.ts";
import { createSlackActions } from "./slack-actions.ts";
import { createSlackFeed } from "./slack-feed.ts";
import { createStream } from "./stream.ts";

export interface Playground {
  readonly url: string;
  readonly world: World;
  readonly bot: Bot;
  readonly close: () => Promise<void>;
}

/** "Checking…" can be read before the result takes its place. */
const LONGEST_PAUSE_MS = 700;

/** Opens the world, starts the real bot in it and serves the page. Port 0 is a free one. */
export async function openPlayground(options: { readonly port?: number } = {}): Promise<Playground> {
  await using opening = new AsyncDisposableStack();
  const bundling = bundleClient();
  // Whoever fails first is reported; the other must not be an unhandled rejection.
  bundling.catch(() => undefined);
  const world = await openWorld(PAGE_WORLD);
  opening.defer(world.close);
  deployPageTokens(world);
  const bot = await world.startBot({ wait: createBriefWait(world.clock, LONGEST_PAUSE_MS) });
  const feeds: readonly Feed[] = [createSlackFeed(world.slack, WATCHES)];
  const server = await openPageServer(
    {
      assets: new Map([...FIXED_ASSETS, ...(await bundling)]),
      routes: createRoutes(createSlackActions(world.slack)),
      stream: createStream(feeds),
      viewer: (wished) => world.slack.people().find(({ id }) => wished === "" || id === wished)?.id,
    },
    options.port ?? 0,
  );
  opening.defer(server.close);
  const opened = opening.move();
  return { url: server.url, world, bot, close: () => opened.disposeAsync() };
}
