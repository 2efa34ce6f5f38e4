import { onTestFinished } from "vitest";
import { FIXED_ASSETS } from "../../../sandbox/page/server/assets.ts";
import { type Deployment, WATCHES } from "../../../sandbox/page/server/page-world.ts";
import { openPlayground, type Playground, type PlaygroundOptions } from "../../../sandbox/page/server/playground.ts";
import { slackSnapshot } from "../../../sandbox/page/server/slack-feed.ts";
import type { RequestPath, RequestResult } from "../../../sandbox/page/protocol/requests.ts";
import type { SlackSnapshot } from "../../../sandbox/page/protocol/slack-snapshot.ts";

export interface OpenPage extends Playground {
  readonly robin: string;
  readonly guest: string;
  /** Sends a request as the page does, from the page's own origin. */
  readonly post: (
    path: RequestPath,
    body: object,
  ) => Promise<{ readonly status: number; readonly result: RequestResult }>;
  /** The current view of this person. */
  readonly see: (person: string) => SlackSnapshot;
  /** Waits until this person's view matches. */
  readonly until: <T>(person: string, probe: (snapshot: SlackSnapshot) => T | undefined | false) => Promise<T>;
}

/** The page's server for a world with the real bot, without the client. It is closed when the test ends. */
export async function openPage(deployment: Deployment = "each_kind", more: PlaygroundOptions = {}): Promise<OpenPage> {
  // Stories do not pause for people to read.
  const pause = async (): Promise<void> => undefined;
  const playground = await openPlayground({ assets: FIXED_ASSETS, deployment, pause, ...more });
  onTestFinished(playground.close);
  const { url, world } = playground;
  const { origin } = new URL(url);
  const see = (person: string): SlackSnapshot => slackSnapshot(playground.world.slack, WATCHES, person);
  return {
    ...playground,
    robin: world.slack.person("robin").id,
    guest: world.slack.person("guest").id,
    post: async (path, body) => {
      const headers = { "content-type": "application/json", origin };
      const answer = await fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body) });
      return { status: answer.status, result: (await answer.json()) as RequestResult };
    },
    see,
    until: (person, probe) => playground.world.slack.waitFor(() => probe(see(person))),
  };
}
