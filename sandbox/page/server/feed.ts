import type { FeedName, StreamState } from "../protocol/stream.ts";

/** One part of the world that the page shows live. */
export interface Feed<N extends FeedName = FeedName> {
  readonly name: N;
  /** The current state as the person with this id may see it. */
  readonly read: (viewerId: string) => StreamState[N];
  /** Calls the listener whenever the state may have changed; returns a function that removes the listener. */
  readonly onChange: (listener: () => void) => () => void;
}
