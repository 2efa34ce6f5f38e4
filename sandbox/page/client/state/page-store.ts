import { type FeedName, STREAM_PATH, type StreamState } from "../../protocol/stream.ts";
import { pairKey } from "./toast.ts";
import type { Toast } from "./toast.ts";

/** What is on the screen. One object, replaced at every change. */
export interface PageState {
  /** What the stream last said, by feed; a feed is missing until it said something. */
  readonly stream: Partial<StreamState>;
  readonly connected: boolean;
  /** Id of the person whose eyes are asked for; empty: the first of the workspace. */
  readonly wished: string;
  /** Id of the conversation, or `home` for the App Home; undefined before the first choice. */
  readonly place: string | undefined;
  /** The message whose thread is open. */
  readonly thread: { readonly channel: string; readonly ts: string } | undefined;
  /** On a phone: the sidebar covers the rest. */
  readonly sidebarOpen: boolean;
  /** The panel that stands beside Slack; see layout/panels.ts. */
  readonly panel: string | undefined;
  readonly toasts: readonly Toast[];
  /** The newest message that was on the screen, by viewer and conversation. */
  readonly seen: Readonly<Record<string, string>>;
}

export interface PageStore {
  readonly get: () => PageState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly change: (part: Partial<PageState>) => void;
  /** Looks through the eyes of this person; empty: the first of the workspace. */
  readonly connect: (personId: string) => void;
  readonly say: (toast: Omit<Toast, "id">) => void;
  readonly dismiss: (id: string) => void;
}

const FEEDS: readonly FeedName[] = ["slack", "world", "time", "timeline", "story"];

const START: PageState = {
  stream: {},
  connected: false,
  wished: "",
  place: undefined,
  thread: undefined,
  sidebarOpen: false,
  panel: undefined,
  toasts: [],
  seen: {},
};

/** Holds the page's state and the one event stream that feeds it. */
export function createPageStore(): PageStore {
  let state = START;
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
      // The browser tries again by itself.
      source.addEventListener("error", () => change({ connected: false }));
    },
    say: (toast) => {
      said += 1;
      change({ toasts: [...state.toasts, { ...toast, id: pairKey("said", said) }] });
    },
    dismiss: (id) => change({ toasts: state.toasts.filter((toast) => toast.id !== id) }),
  };
}
