import { addressOf } from "./address.ts";
import type { PageStore } from "./page-store.ts";

/** Writes the page's state into its address, without a new entry in the browser's history. */
export function keepAddress(store: PageStore): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  store.subscribe(() => {
    // Until then, the address holds the state, and the names of the channels are unknown.
    if (store.get().stream.slack === undefined) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      const state = store.get();
      const { pathname, search, hash } = location;
      const next = addressOf(state, state.stream.slack?.conversations ?? []);
      if (next !== hash) history.replaceState(null, "", pathname + search + next);
    }, BETWEEN_WRITES_MS);
  });
}

/** Safari refuses more than 100 changes of the address in 30 seconds, and a person who types makes more. */
const BETWEEN_WRITES_MS = 350;
