import { type FeedName, STREAM_PATH, type StreamState } from "../../protocol/stream.ts";
import type { Kept } from "./address.ts";
import { pairKey } from "./toast.ts";
import type { Toast } from "./toast.ts";

/** The state of the page. One object, replaced at every change. */
export interface PageState extends Kept {
  /** The last state of each feed; a feed is missing until its first event. */
  readonly stream: Partial<StreamState>;
  readonly connected: boolean;
  /** Id of the requested viewer; empty: the first person of the workspace. */
  readonly wished: string;
  /** On a phone the open sidebar covers the rest of the page. */
  readonly sidebarOpen: boolean;
  readonly toasts: readonly Toast[];
  /** The newest message that was visible, by viewer and conversation. */
  readonly seen: Readonly<Record<string, string>>;
}

export interface PageStore {
  readonly get: () => PageState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly change: (part: Partial<PageState>) => void;
  /** Switches to the view of this person; empty: the first person of the workspace. */
  readonly connect: (personId: string) => void;
  readonly say: (toast: Omit<Toast, "id">) => void;
  readonly dismiss: (id: string) => void;
}

/** Holds the page's state and the event stream that updates it. */
export function createPageStore(first: Partial<PageState> = {}): PageStore {
  let state = { ...START, ...first };
  let source: EventSource | undefined;
  let said = 0;
  const listeners = new Set<() => void>();

  const change = (part: Partial<PageState>): void => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  const take = (name: FeedName, data: string): void => {
    change({ connected: true, stream: { ...state.stream, [name]: JSON.parse(data) as StreamState[FeedName] } });
  };

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    change,
    connect: (personId) => {
      source?.close();
      change({ wished: personId });
      source = new EventSource(`${STREAM_PATH}?as=${encodeURIComponent(personId)}`);
      for (const name of FEEDS) {
        source.addEventListener(name, ({ data }: MessageEvent<string>) => take(name, data));
      }
      // The browser reconnects on its own.
      source.addEventListener("error", () => change({ connected: false }));
    },
    say: (toast) => {
      said += 1;
      change({ toasts: [...state.toasts, { ...toast, id: pairKey("said", said) }] });
    },
    dismiss: (id) => change({ toasts: state.toasts.filter((toast) => toast.id !== id) }),
  };
}

const FEEDS: readonly FeedName[] = ["slack", "world", "time", "timeline", "story", "start"];

const START: PageState = {
  stream: {},
  connected: false,
  wished: "",
  place: undefined,
  thread: undefined,
  sidebarOpen: false,
  panel: undefined,
  drafts: {},
  toasts: [],
  seen: {},
};
