import type { ServerResponse } from "node:http";
import type { Feed } from "./feed.ts";
import { startStream } from "./http.ts";

export interface Stream {
  /** Sends the state that a person sees over this response, now and at every change, until the browser disconnects. */
  readonly open: (response: ServerResponse, viewerId: string) => void;
  /**
   * Sends the changes that still wait, so that the page has them before the answer to a press. Otherwise a second press
   * could find a button that no longer exists.
   */
  readonly flush: () => void;
  readonly close: () => void;
}

/** The stream of typed events: `event: <feed>`, `data: <its state as JSON>`. */
export function createStream(feeds: readonly Feed[]): Stream {
  const stops = new Set<() => void>();
  const flushes = new Set<() => void>();

  const open = (response: ServerResponse, viewerId: string): void => {
    startStream(response);
    const sent = new Map<Feed, string>();
    let timer: NodeJS.Timeout | undefined;
    const write = (): void => {
      timer = undefined;
      for (const feed of feeds) {
        const state = JSON.stringify(feed.read(viewerId));
        if (sent.get(feed) === state) continue;
        sent.set(feed, state);
        response.write(`event: ${feed.name}\ndata: ${state}\n\n`);
      }
    };
    const forgets = feeds.map((feed) =>
      feed.onChange(() => {
        timer ??= setTimeout(write, GATHER_MS);
      }),
    );
    const stop = (): void => {
      clearTimeout(timer);
      for (const forget of forgets) forget();
      stops.delete(stop);
      flushes.delete(flush);
      response.end();
    };
    const flush = (): void => {
      if (timer === undefined) return;
      clearTimeout(timer);
      write();
    };
    stops.add(stop);
    flushes.add(flush);
    response.on("close", stop);
    write();
  };

  return {
    open,
    flush: () => {
      for (const flush of flushes) flush();
    },
    close: () => {
      for (const stop of stops) stop();
    },
  };
}

/** Many changes arrive together, so they are sent together. */
const GATHER_MS = 15;
