import type { FeedName, StreamState } from "../protocol/stream.ts";
import type { Feed } from "./feed.ts";
import type { LiveStage } from "./live-stage.ts";
import { WATCHES } from "./page-world.ts";
import { slackSnapshot } from "./slack-feed.ts";
import type { Stage } from "./stage.ts";
import type { Player } from "./stories/player.ts";
import { newsSince } from "./time/news.ts";
import { worldView } from "./world/world-feed.ts";

/** All feeds of the page. */
export function createFeeds(live: LiveStage, player: Player): readonly Feed[] {
  return [
    ofStage(live, "slack", ({ world }, viewerId) => slackSnapshot(world.slack, WATCHES, viewerId)),
    ofStage(live, "world", worldView),
    ofStage(live, "time", ({ world, machine, journal, nextThreshold }) => {
      const next = nextThreshold();
      const running = machine.running();
      return {
        now: world.clock.now().toISOString(),
        running,
        nextThreshold: next === undefined ? null : { at: next.at.toISOString(), watch: next.watch, what: next.what },
        news: running === null ? [] : newsSince(journal.said(), new Date(running.from)),
      };
    }),
    ofStage(live, "timeline", ({ timeline }) => timeline.view()),
    ofStage(live, "start", ({ start }) => start.view()),
    { name: "story", read: player.view, onChange: player.onChange },
  ];
}

/** A feed that always reads the current stage. */
function ofStage<N extends FeedName>(
  live: LiveStage,
  name: N,
  read: (stage: Stage, viewerId: string) => StreamState[N],
): Feed<N> {
  return {
    name,
    read: (viewerId) => read(live.now(), live.personId(viewerId) ?? viewerId),
    onChange: live.onChange,
  };
}
