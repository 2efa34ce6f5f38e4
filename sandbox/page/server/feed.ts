import type { FeedName, StreamState } from "../protocol/stream.ts";

/** One part of the world that the page shows live. */
export interface Feed<N extends FeedName = FeedName> {
  readonly name: N;
  /** The present state, as the person with this id may see it. */
  readonly read: (viewerId: string) => StreamState[N];
  /** Calls the listener whenever it may have changed; returns the function that takes the listener away. */
  readonly onChange: (listener: () => void) => () => void;
}
