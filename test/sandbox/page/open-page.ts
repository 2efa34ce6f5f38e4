import { onTestFinished } from "vitest";
import { createBriefWait } from "../../../sandbox/brief-wait.ts";
import { createRoutes } from "../../../sandbox/page/server/routes.ts";
import { FIXED_ASSETS } from "../../../sandbox/page/server/assets.ts";
import { openPageServer } from "../../../sandbox/page/server/server.ts";
import { createSlackActions } from "../../../sandbox/page/server/slack-actions.ts";
import { createSlackFeed } from "../../../sandbox/page/server/slack-feed.ts";
import { createStream } from "../../../sandbox/page/server/stream.ts";
import { deployPageTokens, PAGE_WORLD, WATCHES } from "../../../sandbox/page/server/page-world.ts";
import type { RequestPath, RequestResult } from "../../../sandbox/page/shared/requests.ts";
import type { SlackSnapshot } from "../../../sandbox/page/shared/slack-snapshot.ts";
import { openWorld, type World } from "../../../sandbox/world.ts";

export interface OpenPage {
  readonly url: string;
  readonly world: World;
  readonly robin: string;
  readonly guest: string;
  /** Asks as the page does, from the page's own origin. */
  readonly post: (
    path: RequestPath,
    body: object,
  ) => Promise<{ readonly status: number; readonly result: RequestResult }>;
  /** What this person sees now. */
  readonly see: (person: string) => SlackSnapshot;
  /** Waits until this person sees it. */
  readonly until: <T>(person: string, probe: (snapshot: SlackSnapshot) => T | undefined | false) => Promise<T>;
}

/** The page's server over a world with the real bot, without the client, closed when the test ends. */
export async function openPage(): Promise<OpenPage> {
  const world = await openWorld(PAGE_WORLD);
  onTestFinished(world.close);
  deployPageTokens(world);
  await world.startBot({ wait: createBriefWait(world.clock) });
  const feed = createSlackFeed(world.slack, WATCHES);
  const server = await openPageServer(
    {
      assets: FIXED_ASSETS,
      routes: createRoutes(createSlackActions(world.slack)),
      stream: createStream([feed]),
      viewer: (wished) => world.slack.people().find(({ id }) => wished === "" || id === wished)?.id,
    },
    0,
  );
  onTestFinished(server.close);
  const origin = new URL(server.url).origin;
  return {
    url: server.url,
    world,
    robin: world.slack.person("robin").id,
    guest: world.slack.person("guest").id,
    post: async (path, body) => {
      const headers = { "content-type": "application/json", origin };
      const answer = await fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body) });
      return { status: answer.status, result: (await answer.json()) as RequestResult };
    },
    see: feed.read,
    until: (person, probe) => world.slack.waitFor(() => probe(feed.read(person))),
  };
}
