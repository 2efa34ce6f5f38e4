import type { ServerResponse } from "node:http";
import type { Feed } from "./feed.ts";
import { startStream } from "./http.ts";

export interface Stream {
  /** Sends the state that a person sees over this response, now and at every change, until the browser disconnects. */
  readonly open: (response: ServerResponse, viewerId: string) => void;
  readonly close: () => void;
}

/** The stream of typed events: `event: <feed>`, `data: <its state as JSON>`. */
export function createStream(feeds: readonly Feed[]): Stream {
  const stops = new Set<() => void>();

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
      response.end();
    };
    stops.add(stop);
    response.on("close", stop);
    write();
  };

  return {
    open,
    close: () => {
      for (const stop of stops) stop();
    },
  };
}

/** Many changes arrive together, so they are sent together. */
const GATHER_MS = 15;
