import { createContext, use, useSyncExternalStore } from "react";
import type { ConversationView, SlackSnapshot } from "../../protocol/slack-snapshot.ts";
import { shownPlace } from "./shown-place.ts";
import type { PageState, PageStore } from "./page-store.ts";

export const StoreContext = createContext<PageStore | undefined>(undefined);

/** The workspace as the viewer sees it. */
export const SlackContext = createContext<SlackSnapshot | undefined>(undefined);

export function useStore(): PageStore {
  return present(use(StoreContext), "StoreContext");
}

/** Renders the component again at every change of the page. */
export function usePage(): PageState {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, store.get);
}

export function useSlack(): SlackSnapshot {
  return present(use(SlackContext), "SlackContext");
}

/** The content of the main pane: a conversation, or the App Home. */
export function usePlace(): ConversationView | "home" {
  const { place } = usePage();
  const { conversations } = useSlack();
  return shownPlace(place, conversations);
}

function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name} is missing above this component.`);
  return value;
}
