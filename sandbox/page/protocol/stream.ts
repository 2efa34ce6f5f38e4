import type { SlackSnapshot } from "./slack-snapshot.ts";
import type { StoryView } from "./story-view.ts";
import type { TimeView } from "./time-view.ts";
import type { TimelineView } from "./timeline-view.ts";
import type { WorldView } from "./world-view.ts";

/**
 * What the one event stream carries, by the name of the feed. Each event holds the whole present state of its feed, so
 * a client that missed some is right again with the next. To add a feed: a line here, its Feed in the server's feeds.
 */
export interface StreamState {
  readonly slack: SlackSnapshot;
  readonly world: WorldView;
  readonly time: TimeView;
  readonly timeline: TimelineView;
  readonly story: StoryView;
}

export type FeedName = keyof StreamState;

/** Where the stream is; `as` in its query is the id of the person who looks. */
export const STREAM_PATH = "/api/events";
