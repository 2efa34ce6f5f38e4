import type { NewMessage } from "../../src/watch/message.ts";
import type { WatchStore } from "../../src/watch/ports.ts";

/** Lists the messages that each mark occasioned, in the order in which the store took them. */
export function recordMessages<S extends Pick<WatchStore, "moveMark">>(store: S): S & { readonly taken: NewMessage[] } {
  const taken: NewMessage[] = [];
  return {
    ...store,
    taken,
    moveMark: async (name, from, to, messages) => {
      const moved = await store.moveMark(name, from, to, messages);
      if (moved) taken.push(...messages);
      return moved;
    },
  };
}
