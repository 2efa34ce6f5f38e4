import type { Bot } from "../../bot.ts";
import type { World } from "../../world.ts";
import { type Assets, bundleClient, FIXED_ASSETS } from "./assets.ts";
import { createFeeds } from "./feeds.ts";
import { createLiveRoutes } from "./handlers.ts";
import { openLiveStage } from "./live-stage.ts";
import { openPageServer } from "./server.ts";
import type { Stage, StageOptions } from "./stage.ts";
import { createPlayer, type Pause, type Player, readingPause } from "./stories/player.ts";
import { createStream } from "./stream.ts";

export interface Playground {
  readonly url: string;
  /** The current stage. A reset or the start of a story replaces it. */
  readonly stage: () => Stage;
  readonly player: Player;
  readonly world: World;
  readonly bot: Bot;
  readonly close: () => Promise<void>;
}

export interface PlaygroundOptions extends Partial<StageOptions> {
  /** 0 selects a free port. */
  readonly port?: number;
  /** Files to serve instead of the bundled client. */
  readonly assets?: Assets;
  /** Waits while people read a step of a story. */
  readonly pause?: Pause;
}

/** Opens the world, starts the real bot in it and serves the page. */
export async function openPlayground(options: PlaygroundOptions = {}): Promise<Playground> {
  await using opening = new AsyncDisposableStack();
  const { port = 0, assets, pause = readingPause, deployment = "calm", ...where } = options;
  const bundling = assets ?? bundleClient();
  // The error of the first failure is reported; the other must not become an unhandled rejection.
  Promise.resolve(bundling).catch(() => undefined);
  const live = await openLiveStage({ deployment, ...where });
  opening.defer(live.close);
  const player = createPlayer(live, pause);
  opening.defer(player.stop);
  const server = await openPageServer(
    {
      assets: new Map([...FIXED_ASSETS, ...(await bundling)]),
      routes: createLiveRoutes(live, player),
      stream: createStream(createFeeds(live, player)),
      viewer: (wished) => (wished === "" ? live.now().world.slack.people()[0]?.id : live.personId(wished)),
    },
    port,
  );
  opening.defer(server.close);
  const opened = opening.move();
  return {
    url: server.url,
    stage: live.now,
    player,
    get world() {
      return live.now().world;
    },
    get bot() {
      return live.now().bot;
    },
    close: () => opened.disposeAsync(),
  };
}
