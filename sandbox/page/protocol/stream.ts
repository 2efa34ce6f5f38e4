import type { SlackSnapshot } from "./slack-snapshot.ts";
import type { StartView } from "./start-view.ts";
import type { StoryView } from "./story-view.ts";
import type { TimeView } from "./time-view.ts";
import type { TimelineView } from "./timeline-view.ts";
import type { WorldView } from "./world-view.ts";

/**
 * The content of the event stream, by name of the feed. Each event contains the complete current state of its feed. So
 * a client that missed some events is up to date again with the next one. To add a feed: add a line here and its Feed
 * in the server's feeds.ts.
 */
export interface StreamState {
  readonly slack: SlackSnapshot;
  readonly world: WorldView;
  readonly time: TimeView;
  readonly timeline: TimelineView;
  readonly story: StoryView;
  readonly start: StartView;
}

export type FeedName = keyof StreamState;

/** Path of the stream; `as` in its query is the viewer's id. */
export const STREAM_PATH = "/api/events";
